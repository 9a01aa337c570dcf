export type Measure = {
  name: string;
  help: string;
  /** A gauge unless said otherwise. */
  kind?: string;
  values: readonly { labels?: Record<string, string>; value: number }[];
};

/** Prometheus' text form, version 0.0.4. */
export function writeMeasures(measures: readonly Measure[]): string {
  return measures
    .map(({ name, help, kind = "gauge", values }) => {
      const lines = values.map(({ labels = {}, value }) => `${name}${written(labels)} ${value}`);
      return [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`, ...lines, ""].join("\n");
    })
    .join("");
}

function written(labels: Record<string, string>): string {
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return parts.length === 0 ? "" : `{${parts.join(",")}}`;
}

const escaped = (text: string) =>
  text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
