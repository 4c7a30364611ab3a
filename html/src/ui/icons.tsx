import type { ReactNode } from "react";

interface Props {
  className?: string;
}

function icon(shape: ReactNode) {
  return function Icon({ className = "size-6" }: Props) {
    return (
      <svg
        viewBox="0 0 24 24"
        className={className}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.7"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {shape}
      </svg>
    );
  };
}

export const SearchIcon = icon(
  <>
    <circle cx="11" cy="11" r="6.5" />
    <path d="m16 16 4.5 4.5" />
  </>,
);

export const CartIcon = icon(
  <>
    <path d="M5.5 8.5h13l-1 10.6a1.5 1.5 0 0 1-1.5 1.4H8a1.5 1.5 0 0 1-1.5-1.4z" />
    <path d="M8.8 10.5V7.2a3.2 3.2 0 0 1 6.4 0v3.3" />
  </>,
);

export const UserIcon = icon(
  <>
    <circle cx="12" cy="8.2" r="3.7" />
    <path d="M4.5 20c.8-3.6 3.8-5.5 7.5-5.5s6.7 1.9 7.5 5.5" />
  </>,
);

export const CheckIcon = icon(<path d="m5 12.5 4.5 4.5L19 7.5" />);

export const CloseIcon = icon(<path d="m6 6 12 12M18 6 6 18" />);

export const MinusIcon = icon(<path d="M6 12h12" />);

export const PlusIcon = icon(<path d="M6 12h12M12 6v12" />);

export const ArrowIcon = icon(<path d="M5 12h14m-6-6 6 6-6 6" />);

export const FilterIcon = icon(
  <path d="M4 7h16M7 12h10M10 17h4" />,
);

export const TruckIcon = icon(
  <>
    <path d="M3 6.5h11v10H3zM14 10h3.8L21 13.2v3.3h-7" />
    <circle cx="7.5" cy="17.5" r="1.8" />
    <circle cx="17" cy="17.5" r="1.8" />
  </>,
);

export const LockIcon = icon(
  <>
    <rect x="5" y="10.5" width="14" height="10" rx="2" />
    <path d="M8.5 10.5V7.5a3.5 3.5 0 0 1 7 0v3" />
  </>,
);

export const AlertIcon = icon(
  <>
    <circle cx="12" cy="12" r="9" />
    <path d="M12 7.5v5.5M12 16.3v.1" />
  </>,
);

export const SunIcon = icon(
  <>
    <circle cx="12" cy="12" r="3.8" />
    <path d="M12 3.5v1.5M12 19v1.5M3.5 12H5M19 12h1.5M6 6l1 1M17 17l1 1M6 18l1-1M17 7l1-1" />
  </>,
);

export const MoonIcon = icon(
  <path d="M19.5 14.2A8 8 0 0 1 9.8 4.5a8 8 0 1 0 9.7 9.7z" />,
);

export const KeyIcon = icon(
  <>
    <circle cx="8" cy="15.5" r="4" />
    <path d="m11 12.5 8-8M16 7.5l2.5 2.5M13.5 10l1.5 1.5" />
  </>,
);

export const PhoneIcon = icon(
  <>
    <rect x="7" y="2.5" width="10" height="19" rx="2.2" />
    <path d="M11 18.4h2" />
  </>,
);

export const ScreenIcon = icon(
  <>
    <rect x="3" y="4.5" width="18" height="12" rx="1.8" />
    <path d="M9 20h6M12 16.5V20" />
  </>,
);
