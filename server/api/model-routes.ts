import { z } from "zod";
import { acceptLicence } from "../licences/accept-licence.ts";
import { Acceptance, AcceptLicence, LicenceLocale, LicenceTexts } from "../licences/contract.ts";
import { licenceTexts } from "../licences/licence-texts.ts";
import { AppError } from "../platform/errors.ts";
import { PublishCheckpoint, PublishedDraft } from "../releases/contract.ts";
import { draftByWeights } from "../releases/draft-by-weights.ts";
import { jsonRoute, type Route } from "./route.ts";

/** Models, and the licence that their weights are given under. */
export const modelRoutes: Route[] = [
  jsonRoute({
    id: "draftRelease",
    method: "POST",
    path: "/api/v1/models/{id}/releases",
    access: "control",
    summary: "Make a checkpoint the draft of a model's next release",
    description:
      "For an engineer's own token. The checkpoint is named by the hash of its weights; the formats are built by the portal, and another engineer approves.",
    body: PublishCheckpoint,
    answer: PublishedDraft,
    status: 201,
    conflict: "`version-taken`, `no-weights`: see the message.",
    handle: ({ db, clock, params, body, principal }) =>
      draftByWeights(db, {
        family: params.id,
        asked: body,
        memberId: ownerOf(principal),
        now: clock(),
      }),
  }),
  jsonRoute({
    id: "readLicence",
    method: "GET",
    path: "/api/v1/licence",
    access: "public",
    summary: "The licence and the notice of risks that hold now, with the hashes to accept",
    query: z.object({ locale: LicenceLocale.default("en") }),
    answer: LicenceTexts,
    handle: ({ query }) => licenceTexts(query.locale),
  }),
  jsonRoute({
    id: "acceptLicence",
    method: "POST",
    path: "/api/v1/licence/acceptances",
    access: "download",
    summary: "Accept the licence and the notice of risks",
    description:
      "Once; it is asked again only when a text changes. Saying it twice is one record. The receipt is at `receipt`, for the member who signs in.",
    body: AcceptLicence,
    answer: Acceptance,
    status: 201,
    conflict: "`texts-changed`: read the texts again.",
    handle: ({ db, clock, body, principal }) =>
      acceptLicence(db, {
        memberId: ownerOf(principal),
        accepted: body,
        method: "api",
        now: clock(),
      }),
  }),
];

/** Some things only a person can do: a token that belongs to nobody is not enough. */
function ownerOf(principal: { memberId: string | null } | null): string {
  if (principal === null || principal.memberId === null) {
    throw new AppError(
      "forbidden",
      "This needs a member's own token. Make one under Account, and use it here.",
    );
  }
  return principal.memberId;
}
