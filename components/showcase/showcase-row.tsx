import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { MemberName } from "#components/members/member-name.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { ShowcaseItem } from "#server/showcase/contract.ts";
import { HeartButton } from "./heart-button.tsx";

type RowProps = { item: ShowcaseItem; eager?: boolean };

/** An application in a list: its heart, its picture, what it does and by whom. */
export function ShowcaseRow({ item, eager = false }: RowProps) {
  const words = useTranslations("showcase");
  const { id, title, summary, stage, author, usesName, image, comments } = item;
  return (
    <li>
      <HeartButton id={id} title={title} hearts={item.hearts} given={item.given} />
      <div className="shown-app">
        {image !== null && (
          // biome-ignore lint/performance/noImgElement: the store has encoded it at its size already.
          <img
            src={`/api/showcase/${image.sha256}`}
            width={image.width}
            height={image.height}
            alt=""
            loading={eager ? "eager" : "lazy"}
          />
        )}
        <div>
          <p className="eyebrow">
            {words(`stage.${stage}`)}
            {usesName !== null && <> · {usesName}</>}
            {item.featured && <> · {words("featured")}</>}
          </p>
          <Link href={`/showcase/${id}`}>{title}</Link>
          <p className="read-app">{summary}</p>
          <p>
            <MemberName member={author} /> · {words("comments", { count: comments })}
            {item.tags.map((tag) => (
              <span key={tag}> · {tag}</span>
            ))}
            {item.deadLink && (
              <span className="state warn">
                {" "}
                <Icon name="s-warn" /> {words("deadLink")}
              </span>
            )}
          </p>
        </div>
      </div>
    </li>
  );
}
