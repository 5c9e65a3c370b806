/* What a browser makes of a page: elements, what is clipped, contrast. */
addEventListener("load", () => {
	const bad = [], root = document.documentElement;
	const say = (what, e) => bad.push(what + ": <" + e.tagName.toLowerCase() + " class=" + e.className + "> " + e.textContent.trim().slice(0, 30));
	const channel = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
	const light = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
	const parse = s => s.match(/[\d.]+/g).map(Number);
	/* The nearest colour behind an element. */
	const behind = e => {
		for (; e; e = e.parentElement) {
			const c = parse(getComputedStyle(e).backgroundColor);
			if (c.length < 4 || c[3] === 1)
				return c;
		}
		return [255, 255, 255];
	};
	const ratio = (a, b) => {
		const x = light(a), y = light(b);
		return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
	};
	let least = 99, checked = 0;
	const contrast = (e, style) => {
		const r = ratio(parse(style.color), behind(e));
		checked++;
		least = Math.min(least, r);
		if (r < 4.5)
			say("contrast " + r.toFixed(2), e);
	};
	for (const d of document.querySelectorAll("details"))
		d.open = true;
	for (const e of document.body.querySelectorAll("*:not(script)")) {
		if (e.closest(".skip"))
			continue;
		const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
		if (own)
			contrast(e, getComputedStyle(e));
		for (const which of ["::before", "::after"]) {
			const style = getComputedStyle(e, which);
			if (style.content !== "none" && style.content !== "normal" && style.content !== '""')
				contrast(e, style);
		}
		if (e.closest(".wide > *, pre"))
			continue;
		const box = e.getBoundingClientRect();
		if (box.right > innerWidth + 1 || box.left < -1)
			say("outside", e);
		if (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== "visible" && !e.matches(".wide, pre"))
			say("clipped", e);
	}
	/* Each link must show where the focus is. */
	for (const e of [...document.querySelectorAll("a[href], summary, [tabindex]")].slice(0, 40)) {
		e.focus({ focusVisible: true });
		const style = getComputedStyle(e);
		if (document.activeElement !== e || style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2)
			say("focus", e);
	}
	const count = s => document.querySelectorAll(s).length;
	parent.postMessage({
		width: innerWidth,
		scroll: root.scrollWidth,
		dark: matchMedia("(prefers-color-scheme: dark)").matches,
		ground: getComputedStyle(root).backgroundColor,
		least: Number(least.toFixed(2)), checked, bad,
		articles: count("article"), labels: count(".text .e[data-l]"),
		quotes: count(".text .q[id]"), listed: count(".said li"),
		folded: count("details"), sentences: count(".s[data-n]"), contents: count("nav li"),
	}, "*");
});
