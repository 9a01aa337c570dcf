import { z } from "zod";

const flag = z.union([z.boolean(), z.literal([0, 1]).transform((value) => value === 1)]);
const positive = z.int().positive();

/**
 * A CPM-Ant configuration with the names of the published `cpm-ant-*.json` files.
 *
 * Symbols used in the rest of this folder: V `vocab_size`, d `dim_model`, f `dim_ff`, L `num_layers`,
 * H `num_heads`, h `dim_head`, P `prompt_length`, T `prompt_types`, S `segment_types`,
 * B `position_bias_num_buckets`.
 */
export const ModelConfig = z
  .object({
    vocab_size: positive,
    dim_model: positive,
    dim_ff: positive,
    num_layers: positive,
    num_heads: positive,
    dim_head: positive,
    dropout_p: z.literal(0, {
      error: "This trainer has no dropout, as CPM-Ant was trained without: set dropout_p to 0.",
    }),
    position_bias_num_buckets: z.int().min(8).multipleOf(4),
    position_bias_max_distance: positive,
    eps: z.number().positive(),
    half: z.boolean(),
    prompt_types: positive,
    prompt_length: positive,
    segment_types: positive,
    /** Per layer `[skip attention, skip feed-forward]`; a skipped sub-block has no weights and does nothing. */
    mask_modules: z.array(z.tuple([flag, flag])).optional(),
  })
  .refine((config) => config.position_bias_max_distance > config.position_bias_num_buckets / 4, {
    path: ["position_bias_max_distance"],
    error:
      "The largest distance must exceed a quarter of the number of buckets, else no bucket is logarithmic.",
  })
  .refine(
    (config) =>
      config.mask_modules === undefined || config.mask_modules.length === config.num_layers,
    { path: ["mask_modules"], error: "mask_modules needs exactly one entry per layer." },
  );

export type ModelConfig = z.infer<typeof ModelConfig>;
