import type { TrainState } from "../engine/training-session.ts";
import type { NamedTensors } from "../model/parameters.ts";

const FIRST = "first_moment.";
const SECOND = "second_moment.";

/** Adam's moments as one list of tensors: each native name under a prefix. */
export function momentsToTensors(
  state: Pick<TrainState, "firstMoments" | "secondMoments">,
): NamedTensors {
  const first = [...state.firstMoments].map(([name, tensor]) => [FIRST + name, tensor] as const);
  const second = [...state.secondMoments].map(([name, tensor]) => [SECOND + name, tensor] as const);
  return new Map([...first, ...second]);
}

export function tensorsToMoments(
  tensors: NamedTensors,
): Pick<TrainState, "firstMoments" | "secondMoments"> {
  const under = (prefix: string): NamedTensors =>
    new Map(
      [...tensors]
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, tensor]) => [name.slice(prefix.length), tensor]),
    );
  return { firstMoments: under(FIRST), secondMoments: under(SECOND) };
}
