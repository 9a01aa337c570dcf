"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId } from "react";
import { useRouter } from "#components/layout/navigation.ts";
import { Refused } from "#components/members/refused.tsx";
import { useMember } from "#components/members/use-member.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { useReleaseRefusal } from "./use-release-refusal.ts";

/** Where an engineer opens a line of models. */
export function NewModelForm() {
  const { can } = useMember();
  return can("engineer") ? <Form /> : null;
}

function Form() {
  const words = useTranslations("models");
  const id = useId();
  const refusal = useReleaseRefusal();
  const router = useRouter();
  const create = useMutation(useTRPC().releases.createFamily.mutationOptions());
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? "");
    const family = {
      id: text("name"),
      title: text("title"),
      summary: { en: text("en"), zh: text("zh") },
    };
    create.mutate(family, { onSuccess: () => router.push(`/models/${family.id}`) });
  };
  return (
    <details className="model-tools">
      <summary>{words("newModel")}</summary>
      <form className="model-form" onSubmit={send}>
        <label htmlFor={`${id}-name`}>{words("field.name")}</label>
        <input id={`${id}-name`} name="name" required pattern="[a-z0-9][a-z0-9\-]{0,62}" />
        <label htmlFor={`${id}-title`}>{words("field.title")}</label>
        <input id={`${id}-title`} name="title" required maxLength={80} />
        <label htmlFor={`${id}-en`}>{words("field.english")}</label>
        <textarea id={`${id}-en`} name="en" rows={2} required minLength={10} maxLength={400} />
        <label htmlFor={`${id}-zh`}>{words("field.chinese")}</label>
        <textarea id={`${id}-zh`} name="zh" rows={2} required minLength={4} maxLength={400} />
        <Refused sentence={refusal(create.error)} />
        <button className="btn main" type="submit" disabled={create.isPending}>
          {words("create")}
        </button>
      </form>
    </details>
  );
}
