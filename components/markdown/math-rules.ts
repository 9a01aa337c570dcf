// Which TeX a formula may use. KaTeX itself runs without trust (no links, images or HTML of any kind); the list here
// keeps out what can be slow, huge or misleading: definitions, raw sizes, colours, boxes that overlap other text.
const GREEK =
  "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega";
const OPERATORS =
  "sum prod int iint oint lim limsup liminf max min sup inf arg argmax argmin log ln lg exp sin cos tan cot sec csc sinh cosh tanh arcsin arccos arctan det dim ker deg gcd Pr hom operatorname mod bmod pmod";
const RELATIONS =
  "le leq ge geq ne neq ll gg approx sim simeq cong equiv propto prec succ in notin ni subset subseteq supset supseteq mid parallel perp models vdash to gets mapsto leftarrow rightarrow leftrightarrow Leftarrow Rightarrow Leftrightarrow longrightarrow longleftarrow longmapsto iff implies uparrow downarrow not lt gt";
const BINARY =
  "pm mp times div cdot ast star circ bullet oplus ominus otimes odot cup cap setminus wedge vee land lor lnot neg dagger";
const SYMBOLS =
  "infty partial nabla forall exists emptyset varnothing ell hbar Re Im aleph angle triangle prime dots ldots cdots vdots ddots top bot degree quad qquad space enspace colon";
const SHAPES =
  "frac dfrac tfrac cfrac binom sqrt root over hat widehat bar overline underline tilde widetilde vec dot ddot overbrace underbrace overset underset stackrel substack boxed left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr langle rangle lvert rvert lVert rVert lfloor rfloor lceil rceil lbrace rbrace vert Vert limits nolimits displaystyle textstyle tag notag";
const LETTERS =
  "text textbf textit textrm texttt mathrm mathbf mathit mathsf mathtt mathbb mathcal mathfrak mathscr boldsymbol bm rm bf";
const ENVIRONMENTS =
  "matrix pmatrix bmatrix vmatrix Vmatrix cases array aligned gathered smallmatrix split";

const COMMANDS = new Set(
  [GREEK, OPERATORS, RELATIONS, BINARY, SYMBOLS, SHAPES, LETTERS].join(" ").split(" "),
);
const KNOWN_ENVIRONMENTS = new Set(ENVIRONMENTS.split(" "));
const MOST_CHARACTERS = 2_000;
const DEEPEST = 24;

/** Why a formula is not typeset, or null when it is. */
export function refuseMath(tex: string): "long" | "deep" | `\\${string}` | null {
  if (tex.length > MOST_CHARACTERS) {
    return "long";
  }
  if (depthOf(tex) > DEEPEST) {
    return "deep";
  }
  const withoutEnvironments = tex.replaceAll(
    /\\(?:begin|end)\s*\{(\w+)\}/g,
    (whole, name: string) => (KNOWN_ENVIRONMENTS.has(name) ? "" : whole),
  );
  for (const [, name] of withoutEnvironments.matchAll(/\\([A-Za-z@]+)/g)) {
    if (name !== undefined && !COMMANDS.has(name)) {
      return `\\${name}`;
    }
  }
  return null;
}

function depthOf(tex: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of tex) {
    depth += character === "{" ? 1 : character === "}" ? -1 : 0;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
