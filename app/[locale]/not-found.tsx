import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";

export default function NotFound() {
  const words = useTranslations("lost");
  return (
    <section className="title wrap">
      <h1>{words("title")}</h1>
      <p className="lede">{words("say")}</p>
      <p className="actions mt-4">
        <Link className="btn main" href="/">
          {words("home")}
        </Link>
        <Link className="btn" href="/runs">
          {words("runs")}
        </Link>
      </p>
    </section>
  );
}
