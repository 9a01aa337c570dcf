import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";

type RecipeLinksProps = { recipes: readonly string[]; shown: string | null };

/** The recipes that have reported; nothing where there is no choice. */
export function RecipeLinks({ recipes, shown }: RecipeLinksProps) {
  const words = useTranslations("data");
  if (recipes.every((recipe) => recipe === shown)) {
    return null;
  }
  return (
    <nav className="actions" aria-label={words("recipes")}>
      {recipes.map((recipe) => (
        <Link
          key={recipe}
          className="btn"
          href={{ pathname: "/data", query: { recipe } }}
          aria-current={recipe === shown ? "page" : undefined}
        >
          {recipe}
        </Link>
      ))}
    </nav>
  );
}
