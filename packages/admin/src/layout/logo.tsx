export function Logo({ size }: { readonly size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <circle cx="12" cy="16" r="9" fill="#5b5bd6" />
      <circle cx="20" cy="16" r="9" fill="#e5734f" fillOpacity="0.8" />
    </svg>
  );
}
