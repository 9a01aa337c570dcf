import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ProposeForm } from "#components/initiatives/propose-form.tsx";
import { Link } from "#components/layout/navigation.ts";
import { initiativeOf } from "../../../initiative-of.ts";
import type { PageInput } from "../../../page-input.ts";
import { pageLocale } from "../../../page-locale.ts";
import { pageMetadata } from "../../../page-metadata.ts";
import { callRpc } from "../../../rpc.ts";
import "#components/initiatives/initiatives.css";

type Props = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("initiatives");
  return await pageMetadata({ locale, path: "/initiatives/new", title: words("propose") });
}

export default async function NewInitiative({ params, searchParams }: Props) {
  await pageLocale(params);
  const words = await getTranslations("initiatives");
  const { member } = await callRpc().members.me();
  const asked = (await searchParams)["draft"];
  const draft = typeof asked === "string" ? await initiativeOf(asked) : null;
  const { drafts } = member === null ? { drafts: [] } : await callRpc().initiatives.drafts();
  return (
    <>
      <section className="title wrap">
        <h1>{words("propose")}</h1>
        <p className="lede">{words("proposeAbout")}</p>
      </section>
      <div className="wrap">
        {member === null ? (
          <p className="notice">
            <Link href="/sign-in">{words("signInToPropose")}</Link>
          </p>
        ) : (
          <>
            {draft === null && drafts.length > 0 && (
              <ul aria-label={words("drafts")}>
                {drafts.map(({ id, title }) => (
                  <li key={id}>
                    <Link href={`/initiatives/new?draft=${id}`}>
                      {words("continueDraft")}: {title === "" ? words("untitled") : title}
                    </Link>
                  </li>
                ))}
              </ul>
            )}
            <ProposeForm
              key={draft?.id ?? "new"}
              draft={draft?.state === "draft" ? { id: draft.id, text: draft.text } : null}
            />
          </>
        )}
      </div>
    </>
  );
}
