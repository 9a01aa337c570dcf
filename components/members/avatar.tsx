type AvatarProps = { name: string; avatar: string | null; size: number };

/** A member's picture, or the first letter of the name. The name always stands beside it. */
export function Avatar({ name, avatar, size }: AvatarProps) {
  const side = { width: size, height: size };
  return avatar === null ? (
    <span className="avatar" style={{ ...side, fontSize: size * 0.5 }} aria-hidden="true">
      {name.slice(0, 1).toUpperCase()}
    </span>
  ) : (
    // biome-ignore lint/performance/noImgElement: the store has encoded it at its size already.
    <img className="avatar" src={avatar} alt="" {...side} loading="lazy" decoding="async" />
  );
}
