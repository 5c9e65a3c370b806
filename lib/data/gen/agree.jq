# agree.jq - of a line with two records, the same text labelled by two models and
# a tab between: the sentences in which both found the same names, as one text
# with its names.  For jq -R.
#
# A sentence goes on to the begin of the next one, so that what stands between
# them stays.

def names_in($from; $to): .ents
	| map(select(.start >= $from and .["end"] <= $to)
		| {"start": (.start - $from), "end": (.["end"] - $from), "label": .["label"]});

split("\t") | map(fromjson) as [$a, $b]
| ($a.text | explode) as $text
| [$a.sents[].start, ($text | length)] as $cuts
| reduce range($cuts | length - 1) as $i ({"text": [], "ents": []};
	($a | names_in($cuts[$i]; $cuts[$i + 1])) as $names
	| if $names != ($b | names_in($cuts[$i]; $cuts[$i + 1])) then . else
		(.text | length) as $at
		| .text += $text[$cuts[$i]:$cuts[$i + 1]]
		| .ents += ($names | map(.start += $at | .["end"] += $at))
	  end)
| select(.text != [])
| {"id": $a.id, "text": (.text | implode), "ents": .ents}
