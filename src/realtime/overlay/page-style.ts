/** How the overlay's page looks. Its background is the picture behind it. */
export const PAGE_STYLE = `
:root {--lines: 2; --size: 48px; --ink: #fff; --edge: #000; --ground: transparent}
html, body {margin: 0; height: 100%; background: transparent; overflow: hidden}
body {display: flex; flex-direction: column; justify-content: flex-end; color: var(--ink);
	font: 600 var(--size)/1.3 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif}
#captions {box-sizing: content-box; height: calc(var(--lines) * 1.3em); margin: 0 .6em .5em; overflow: hidden;
	display: flex; flex-direction: column; justify-content: flex-end; text-align: var(--align, start);
	transition: opacity .4s}
#captions.over {opacity: 0}
.line {margin: 0; flex: none; overflow-wrap: anywhere; text-wrap: stable}
.line > span.text {background: var(--ground); -webkit-box-decoration-break: clone; box-decoration-break: clone;
	padding: 0 .2em}
.speaker {opacity: .8; font-weight: 400}
.unstable {opacity: .65}
.stable {opacity: .9}
[data-theme=outline] .line {-webkit-text-stroke: .12em var(--edge); paint-order: stroke fill}
[data-theme=box] {--ground: rgba(0, 0, 0, .78)}
[data-theme=light] {--ink: #111; --ground: rgba(255, 255, 255, .88)}
[data-theme=yellow] {--ink: #ff0; --ground: rgba(0, 0, 0, .78)}
#mark {position: fixed; inset: .4em .4em auto auto; margin: 0; font-size: 18px; padding: .1em .5em;
	color: #000; background: #fc0}
@media (prefers-reduced-motion: reduce) {#captions {transition: none}}
`;
