// How the shop says that a code of an app, or of recovery, is no good.
const mistake = {
  field: "code",
  text: "This code isn't right, or was used already.",
};

export const WRONG_CODE = {
  invalid_code: mistake,
  invalid_credentials: mistake,
};
