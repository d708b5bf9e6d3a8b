/** Targets whose objects somebody may see, as `targetsFor` says; `*`: all. What belongs to no target is seen by all who may read it. */
export type VisibleTargets = '*' | readonly string[];

/** Whether an object of a target may be seen. @param target undefined: it belongs to none. */
export function isVisible(visible: VisibleTargets, target: string | undefined): boolean {
  return visible === '*' || target === undefined || visible.includes(target);
}

/** The parameter of `($n::text[] is null or target = any($n))`. */
export function targetsParameter(visible: VisibleTargets): readonly string[] | null {
  return visible === '*' ? null : visible;
}
