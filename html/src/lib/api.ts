import type { paths } from "../../generated/api";

// A typed call of the API, straight from the OpenAPI document.

export type Path = keyof paths;
export type Method = "get" | "post" | "patch" | "delete";

type MethodsOf<P extends Path> = {
  [M in Method]: paths[P][M] extends object ? M : never;
}[Method];

type Op<P extends Path, M extends Method> = NonNullable<paths[P][M]>;

type BodyOf<O> = O extends {
  requestBody?: { content: { "application/json": infer B } };
}
  ? B
  : never;

type Json<R> = R extends { content: { "application/json": infer T } }
  ? T
  : undefined;

type AnswerOf<O> = O extends { responses: infer R }
  ? Json<R[Extract<keyof R, 200 | 201 | 202 | 204>]>
  : never;

type Scalar = string | number | boolean;

export interface Options<O> {
  path?: Record<string, string>;
  query?: Record<string, Scalar | null | undefined>;
  body?: BodyOf<O>;
  key?: string;
  signal?: AbortSignal;
}

export interface FieldError {
  pointer?: string;
  parameter?: string;
  detail: string;
}

export interface Problem {
  status: number;
  code: string;
  title: string;
  detail?: string;
  request_id?: string;
  mfa_token?: string;
  methods?: string[];
  errors?: FieldError[];
}

export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = "ApiError";
    this.problem = problem;
  }
}

export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) {
    return error.problem;
  }
  return {
    status: 0,
    code: "offline",
    title: "The shop can't be reached. Check your connection and try again.",
  };
}

export function address(
  path: string,
  params: Record<string, string> = {},
  query: Record<string, Scalar | null | undefined> = {},
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ""),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") {
      search.set(name, String(value));
    }
  }
  return search.size > 0 ? `${filled}?${search.toString()}` : filled;
}

async function refusal(response: Response): Promise<ApiError> {
  const fallback: Problem = {
    status: response.status,
    code: "unavailable",
    title: "Something went wrong on our side. Please try again.",
  };
  const type = response.headers.get("Content-Type") ?? "";
  if (!type.includes("json")) {
    return new ApiError(fallback);
  }
  const given = (await response.json()) as Partial<Problem>;
  return new ApiError({ ...fallback, ...given });
}

export async function call<P extends Path, M extends MethodsOf<P>>(
  method: M,
  path: P,
  options: Options<Op<P, M>> = {},
): Promise<AnswerOf<Op<P, M>>> {
  const headers: Record<string, string> = { Accept: "application/json" };
  const init: RequestInit = { method: method.toUpperCase(), headers };
  if (options.body !== undefined) {
    headers["Content-Type"] = "application/json";
    init.body = JSON.stringify(options.body);
  }
  if (options.key) {
    headers["Idempotency-Key"] = options.key;
  }
  if (options.signal) {
    init.signal = options.signal;
  }
  const url = address(path, options.path, options.query);
  const response = await fetch(url, init);
  if (!response.ok) {
    throw await refusal(response);
  }
  const text = await response.text();
  const answer: unknown = text ? JSON.parse(text) : undefined;
  return answer as AnswerOf<Op<P, M>>;
}
