load common

SHARE="$BUILD/share"

# reply WORD...: what bash would complete the last word to, one a line; the
# words as bash cuts them.
reply() {
	bash --norc -c '
	compopt() { local IFS=" "; echo "compopt $*"; }
	. "$1/bash-completion/completions/$2" || exit
	COMP_WORDS=("${@:2}")
	COMP_CWORD=$(($# - 2))
	"_${2//-/_}"
	[ "${#COMPREPLY[@]}" -eq 0 ] || printf "%s\n" "${COMPREPLY[@]}"' - "$SHARE" "$@"
}

# replies WANTED WORD...: these words, in this order, and nothing else.
replies() {
	local want=$1
	shift
	got=$(reply "$@" | grep -v '^compopt' | tr '\n' ' ' || true)
	[ "${got% }" = "$want" ] || { echo "$*: expected '$want', got '$got'"; false; }
}

# options TOOL: the long options that --help names, each with a = where it takes
# a value.
options() {
	"$1" --help | sed -n 's/^  .. [ ]*--\([a-z-]*=\{0,1\}\).*/--\1/p; s/^  ..,* *--\([a-z-]*=\{0,1\}\).*/--\1/p' | sort -u
}

@test "each command has completions for bash, zsh and fish" {
	for tool in $COMMANDS; do
		[ -s "$SHARE/bash-completion/completions/$tool" ]
		[ -s "$SHARE/zsh/site-functions/_$tool" ]
		[ -s "$SHARE/fish/vendor_completions.d/$tool.fish" ]
		head -n 1 "$SHARE/zsh/site-functions/_$tool" | grep -qx "#compdef $tool"
	done
}

@test "they know every option of --help and no other" {
	for tool in $COMMANDS; do
		options $tool >help
		[ "$(wc -l <help)" -gt 10 ]
		reply $tool -- | grep -v '^compopt' | sort >bash
		diff help bash
		tr -d = <help >names
		grep -o -e '--[a-z-]*' "$SHARE/zsh/site-functions/_$tool" | sort -u >zsh
		diff names zsh
		sed -n 's/^complete -c [^ ]* .*-l \([a-z-]*\) .*/--\1/p' \
			"$SHARE/fish/vendor_completions.d/$tool.fish" | sort >fish
		diff names fish
	done
}

@test "every value that is offered is one that the command takes" {
	count=0
	mkdir empty
	cd empty # where there are no files to complete
	for tool in $COMMANDS; do
		for option in $(options $tool | grep '='); do
			for value in $(reply $tool "${option%=}" = '' | grep -v '^compopt'); do
				go $tool "$option$value" --help
				[ "$status" -eq 0 ] || wrong "$tool $option$value"
				count=$((count + 1))
			done
			rm -f out err
		done
	done
	[ "$count" -gt 60 ] || { echo "only $count values"; false; }
}

@test "bash: values are completed behind =, a letter or a blank, cut or not" {
	replies 'jsonl' tag-entities --to = js
	replies '--to=jsonl' tag-entities --to=js
	replies 'jsonl' tag-entities -t js
	replies '-tjsonl' tag-entities -tjs
	replies 'jsonl' tag-entities a.txt --quiet --to js
	replies 'auto text jsonl html warc' strip-boilerplate --from = ''
	replies 'auto text jsonl html warc' strip-boilerplate --from =
	replies 'replace error skip' split-sentences --invalid = ''
	replies 'skip stop record' split-sentences --on-error = ''
	replies 'auto always never' extract-quotes --color ''
	replies 'auto yes no' split-sentences --wrap ''
	replies 'codepoint' tag-entities --offsets = c
	replies 'da de' split-sentences --lang = d
	replies '--labels=' tag-entities --lab
	replies '--min-score=' tag-entities --min
}

@test "bash: lists are completed behind their commas" {
	replies 'direct' extract-quotes --kind = d
	replies 'direct,mixed' extract-quotes --kind = direct,m
	replies '--kind=direct,mixed' extract-quotes --kind=direct,m
	replies 'PER,ORG' tag-entities --labels PER,O
	reply extract-quotes --kind = direct,m | grep -qx 'compopt -o nospace'
}

@test "bash: files are completed where files are read, and nowhere else" {
	mkdir en.d
	touch one.jsonl 'two words.txt'
	replies 'one.jsonl' tag-entities one
	replies 'two words.txt' tag-entities tw
	replies 'one.jsonl' tag-entities --gazetteer one
	replies '--output=one.jsonl' tag-entities --output=one
	replies '-oone.jsonl' tag-entities -oone
	replies 'en en-open en.d' tag-entities -m en
	replies '' tag-entities --jobs = ''
	replies '' tag-entities --to = one
	# What bash itself completes: file names.
	[ "$(reply tag-entities -- --to)" = 'compopt -o default' ]
	replies 'one.jsonl' train-entities -o one
}

@test "bash: TAB completes --lab and --to=js" {
	python3 -c 'import pty; pty.openpty()' 2>/dev/null || skip "no terminals here"
	cat >rc <<-END
	. "$SHARE/bash-completion/completions/tag-entities"
	tag-entities() { printf '<%s>' "\$@"; echo DONE; }
	PS1='READY '
	END
	touch 'two words.txt'
	TERM=dumb INPUTRC=/dev/null python3 "$ROOT/tests/tab.py" \
		$'tag-entities --lab\tPER --to=js\t--hea\ttw\t\n' bash --noprofile --rcfile rc -i >out
	grep -qF '<--labels=PER><--to=jsonl><--header><two words.txt>DONE' out || { cat out; false; }
}

@test "zsh: TAB completes --lab, --to=js and a list" {
	command -v zsh >/dev/null || skip "no zsh"
	python3 -c 'import pty; pty.openpty()' 2>/dev/null || skip "no terminals here"
	cat >.zshrc <<-END
	fpath=("$SHARE/zsh/site-functions" \$fpath)
	autoload -Uz compinit && compinit -u -D
	tag-entities() { printf '<%s>' "\$@"; echo DONE; }
	extract-quotes() { printf '<%s>' "\$@"; echo DONE; }
	PS1='READY '
	unsetopt beep
	END
	touch 'two words.txt'
	export ZDOTDIR=$PWD TERM=dumb
	python3 "$ROOT/tests/tab.py" $'tag-entities --lab\tPER --to=js\t--hea\ttw\t\n' zsh -d -i >out
	grep -qF '<--labels=PER><--to=jsonl><--header><two words.txt>DONE' out || { cat out; false; }
	python3 "$ROOT/tests/tab.py" $'extract-quotes --kind=direct,m\t -m en-o\t\n' zsh -d -i >out
	grep -qF '<--kind=direct,mixed><-m><en-open>DONE' out || { cat out; false; }
}

@test "zsh: all completions load" {
	command -v zsh >/dev/null || skip "no zsh"
	for tool in $COMMANDS; do
		zsh -f -n "$SHARE/zsh/site-functions/_$tool"
	done
	zsh -f -c 'fpath=("$1" $fpath); autoload -Uz compinit && compinit -u -D; shift
		for tool; do [[ $_comps[$tool] == _$tool ]] || { print $tool; exit 1; }; done' \
		- "$SHARE/zsh/site-functions" $COMMANDS
}

@test "fish: options, values and lists are completed, for all commands" {
	command -v fish >/dev/null || skip "no fish"
	export HOME=$PWD
	# What fish completes a line to, without the descriptions (and the = that
	# not all versions add).
	line() {
		fish -N -c 'set fish_complete_path $argv[1]; complete -C $argv[2]' \
			"$SHARE/fish/vendor_completions.d" "$1" | cut -f 1 | sed 's/=$//' | sort | tr '\n' ' '
	}
	[ "$(line 'tag-entities --lab')" = '--labels ' ]
	[ "$(line 'tag-entities --to=js')" = '--to=jsonl ' ]
	[ "$(line 'tag-entities -t js')" = 'jsonl ' ]
	[ "$(line 'split-sentences --wrap ')" = 'auto no yes ' ]
	[ "$(line 'strip-boilerplate --from ')" = 'auto html jsonl text warc ' ]
	[ "$(line 'extract-quotes --kind direct,m')" = 'direct,mixed ' ]
	[ "$(line 'train-entities --gaz')" = '--gazetteer ' ]
}
