import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Link } from "#components/layout/navigation.ts";

const link = (href: string) => (text: ReactNode) => <Link href={href}>{text}</Link>;

/** How to take part, for somebody who came for the curve. */
export function ThreeSteps() {
  const words = useTranslations("homeParts");
  return (
    <section className="sec wrap">
      <h2>{words("takePart")}</h2>
      <ol className="three-steps">
        <li>
          <h3>{words("step1")}</h3>
          <p>{words.rich("step1Say", { forum: link("/forum"), log: link("/runs") })}</p>
        </li>
        <li>
          <h3>{words("step2")}</h3>
          <p>
            {words.rich("step2Say", { join: link("/sign-up"), initiatives: link("/initiatives") })}
          </p>
        </li>
        <li>
          <h3>{words("step3")}</h3>
          <p>{words.rich("step3Say", { models: link("/models"), showcase: link("/showcase") })}</p>
        </li>
      </ol>
    </section>
  );
}
