import { useTranslations } from "next-intl";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { RecipeLinks } from "./recipe-links.tsx";

const COMMANDS = `npm run trainer -- data build --recipe demo
npm run trainer -- data report --recipe demo --portal URL --token TOKEN`;

/** What stands here before the pipeline has reported: how it is made to. */
export function NoReport({
  recipe,
  recipes,
}: {
  recipe: string | null;
  recipes: readonly string[];
}) {
  const words = useTranslations("data");
  return (
    <section className="sec wrap">
      <h2>{words("noneTitle")}</h2>
      <div className="data-stack">
        <p>{recipe === null ? words("none") : words("noneOf", { recipe })}</p>
        <p>{words("how")}</p>
        <div className="cmd">
          <CodeBlock>
            <code>{COMMANDS}</code>
          </CodeBlock>
        </div>
        <RecipeLinks recipes={recipes} shown={null} />
      </div>
    </section>
  );
}
