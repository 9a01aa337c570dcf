/** The head of every arrow, defined once in a drawing that has any. */
export function ArrowTip() {
  return (
    <defs>
      <marker
        id="plan-tip"
        viewBox="0 0 8 8"
        refX="7"
        refY="4"
        markerWidth="8"
        markerHeight="8"
        orient="auto"
      >
        <path className="tip" d="M0 0L8 4L0 8z" />
      </marker>
    </defs>
  );
}
