/** Where browsers report what a page's policy kept them from doing. */
export const CSP_REPORT_PATH = "/api/csp-reports";

/** What answers that are no pages may do in a browser that opens them: nothing. */
export const BARE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

export type PolicyOptions = {
  /** Fresh for each page; the only thing that lets a script run. */
  nonce: string;
  /** May stand in other sites' frames. */
  framed: boolean;
  /** Next's own development tools evaluate code and put style sheets into the page. */
  dev: boolean;
};

/**
 * What a page may load and run. Scripts run by the page's nonce, and what those load by their word; style attributes are
 * allowed because charts and formulas place their parts with them.
 */
export function contentPolicy({ nonce, framed, dev }: PolicyOptions): string {
  const rules = {
    "default-src": "'none'",
    "script-src": `'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    "style-src-elem": dev ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    "style-src-attr": "'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "frame-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": framed ? "*" : "'none'",
    "report-uri": CSP_REPORT_PATH,
  };
  return Object.entries(rules)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}
