"use client";
import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { readTensors } from "./read-tensors.ts";

/** What a weights file holds, read from its header alone when somebody asks. */
export function TensorList({ address, path }: { address: string; path: string }) {
  const words = useTranslations("models");
  const format = useFormatter();
  const [asked, setAsked] = useState(false);
  const { data, isError, isFetching } = useQuery({
    queryKey: ["tensors", address],
    queryFn: () => readTensors(address),
    enabled: asked,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (data === undefined) {
    return (
      <p className="actions">
        <button className="btn" type="button" disabled={isFetching} onClick={() => setAsked(true)}>
          {words("tensors.read", { path })}
        </button>
        {isError && <span role="alert">{words("tensors.refused")}</span>}
      </p>
    );
  }
  const values = (shape: number[]) => shape.reduce((product, dim) => product * dim, 1);
  return (
    <>
      <p>
        {words("tensors.count", {
          count: data.length,
          values: format.number(data.reduce((sum, { shape }) => sum + values(shape), 0)),
        })}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section className="scroll tensors" aria-label={words("files.tensors")} tabIndex={0}>
        <table className="grid-table">
          <thead>
            <tr>
              <th scope="col">{words("tensors.name")}</th>
              <th scope="col">{words("tensors.dtype")}</th>
              <th scope="col">{words("tensors.shape")}</th>
            </tr>
          </thead>
          <tbody>
            {data.map(({ name, dtype, shape }) => (
              <tr key={name}>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <td>{dtype}</td>
                <td>{shape.join(" × ")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
