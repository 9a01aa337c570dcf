/** A document of a package: its text, and the same in the other language where there is one. */
export type PackageText = { text: string; translation?: string };

/** A text package of the registry: which files to read, how their documents are cut, and under which licence they stand. */
export type PackageSource = {
  /** Name in the recipe's mix. */
  name: string;
  lang: "zh" | "en";
  package: string;
  version: string;
  /** Tells the sources of one package apart on disk; none: the package's first source. */
  part?: string;
  /** Subresource integrity of the archive, pinned: anything else is refused. */
  integrity: string;
  archiveBytes: number;
  /** What the package itself and its texts are offered under. */
  licence: string;
  textLicence: string;
  /** Share of the documents that is used, chosen by hash, so that the first preparation stays short. */
  share: number;
  wanted: (path: string) => boolean;
  /** Documents of one file; `files` keeps what one file needs of another, from the archive's first to its last. */
  documents: (content: string, files: Map<string, string>, path: string) => PackageText[];
};
