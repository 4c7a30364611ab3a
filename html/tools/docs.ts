import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Plugin } from "vite";
import {
  nameOf,
  type Document,
  type Operation,
  type Parameter,
  type Schema,
} from "./openapi.ts";

// The readable form of the API's document: plain HTML, no script.

const ESCAPES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

function text(value: unknown): string {
  return String(value)
    .replace(/[&<>"]/g, (found) => ESCAPES[found] ?? found)
    .replace(/`([^`]+)`/g, "<code>$1</code>");
}

function typeOf(schema: Schema): string {
  if (schema.$ref) {
    const name = nameOf(schema.$ref);
    return `<a href="#schema-${name}">${name}</a>`;
  }
  if (schema.anyOf) {
    return schema.anyOf.map(typeOf).join(" or ");
  }
  if (schema.const !== undefined) {
    return `<code>${text(schema.const)}</code>`;
  }
  if (schema.enum) {
    return schema.enum.map((word) => `<code>${text(word)}</code>`).join(", ");
  }
  if (schema.type === "array" && schema.items) {
    return `array of ${typeOf(schema.items)}`;
  }
  const types = [schema.type ?? "any"].flat().join(" or ");
  return text(schema.format ? `${types} (${schema.format})` : types);
}

function limitsOf(schema: Schema): string {
  const limits = [
    schema.minimum !== undefined && `at least ${schema.minimum}`,
    schema.maximum !== undefined && `at most ${schema.maximum}`,
    schema.minLength !== undefined && `at least ${schema.minLength} characters`,
    schema.maxLength !== undefined && `at most ${schema.maxLength} characters`,
    schema.default !== undefined && `default ${JSON.stringify(schema.default)}`,
  ];
  return limits.filter(Boolean).join(", ");
}

function row(name: string, schema: Schema, needed: boolean, about: string) {
  const notes = [about, limitsOf(schema)].filter(Boolean).join("; ");
  const mark = needed ? ' <span class="needed">required</span>' : "";
  return `<tr><td><code>${text(name)}</code>${mark}</td><td>${typeOf(schema)}</td><td>${text(notes)}</td></tr>`;
}

function table(rows: string[], first: string): string {
  return `<div class="scroll" tabindex="0" role="region" aria-label="${first}s"><table><thead><tr><th scope="col">${first}</th><th scope="col">Type</th><th scope="col">Notes</th></tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function fields(schema: Schema): string {
  const rows = Object.entries(schema.properties ?? {}).map(([name, field]) =>
    row(
      name,
      field,
      schema.required?.includes(name) ?? false,
      field.description ?? "",
    ),
  );
  return rows.length > 0 ? table(rows, "Field") : `<p>${typeOf(schema)}</p>`;
}

function access(operation: Operation): string {
  if (operation.security?.some((way) => Object.keys(way).length > 0)) {
    return "<p>Needs a token (<code>Authorization: Bearer</code>) or the cookies of a sign-in.</p>";
  }
  return "";
}

function parameters(document: Document, given: Parameter[]): string {
  if (given.length === 0) {
    return "";
  }
  const rows = given.map((item) => {
    const found = item.$ref
      ? document.components.parameters[nameOf(item.$ref)]
      : item;
    return found
      ? row(
          found.name,
          found.schema,
          found.required ?? false,
          [`in ${found.in}`, found.description].filter(Boolean).join("; "),
        )
      : "";
  });
  return `<h4>Parameters</h4>${table(rows, "Parameter")}`;
}

function answers(document: Document, operation: Operation): string {
  const rows = Object.entries(operation.responses).map(([status, given]) => {
    const found = given.$ref
      ? document.components.responses[nameOf(given.$ref)]
      : given;
    const [media, content] = Object.entries(found?.content ?? {})[0] ?? [];
    const type = content ? typeOf(content.schema) : "no body";
    return `<tr><td><code>${status}</code></td><td>${type}</td><td>${text([found?.description, media].filter(Boolean).join("; "))}</td></tr>`;
  });
  return `<h4>Answers</h4>${table(rows, "Answer")}`;
}

function operationHtml(
  document: Document,
  path: string,
  method: string,
  operation: Operation,
): string {
  const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
  const named = body?.$ref
    ? document.components.schemas[nameOf(body.$ref)]
    : body;
  return [
    `<section aria-labelledby="${operation.operationId}">`,
    `<h3 id="${operation.operationId}">${text(operation.summary)}</h3>`,
    `<p class="route ${method}"><span class="method">${method}</span> <code>${text(path)}</code></p>`,
    operation.description ? `<p>${text(operation.description)}</p>` : "",
    access(operation),
    parameters(document, operation.parameters ?? []),
    named ? `<h4>Body</h4>${fields(named)}` : "",
    answers(document, operation),
    "</section>",
  ].join("\n");
}

export function docsHtml(document: Document): string {
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      path,
      method,
      operation,
    })),
  );
  const groups = document.tags.map((tag) => ({
    ...tag,
    items: all.filter(({ operation }) => operation.tags[0] === tag.name),
  }));
  const nav = groups.map(
    ({ name, items }) =>
      `<p>${text(name)}</p><ul>${items
        .map(
          ({ method, operation }) =>
            `<li><a class="${method}" href="#${operation.operationId}"><span class="method">${method}</span> ${text(operation.summary)}</a></li>`,
        )
        .join("")}</ul>`,
  );
  const sections = groups.map(
    ({ name, description, items }) =>
      `<h2 id="tag-${name}">${text(name)}: ${text(description)}</h2>${items
        .map(({ path, method, operation }) =>
          operationHtml(document, path, method, operation),
        )
        .join("\n")}`,
  );
  const schemas = Object.entries(document.components.schemas).map(
    ([name, schema]) =>
      `<section aria-labelledby="schema-${name}"><h3 id="schema-${name}">${name}</h3>${schema.description ? `<p>${text(schema.description)}</p>` : ""}${fields(schema)}</section>`,
  );
  return [
    `<nav aria-label="Endpoints"><a href="/">To the shop</a><a href="/openapi.json">openapi.json</a>${nav.join("\n")}<p><a href="#schemas">Schemas</a></p></nav>`,
    `<main id="content" tabindex="-1"><h1>${text(document.info.title)} API</h1>`,
    `<p>${text(document.info.description)}</p>`,
    sections.join("\n"),
    `<h2 id="schemas">Schemas</h2>${schemas.join("\n")}</main>`,
  ].join("\n");
}

export function docs(root: string): Plugin {
  const source = resolve(root, "../docs/openapi.json");
  return {
    name: "shop-docs",
    transformIndexHtml: {
      order: "pre",
      handler(html, { filename }) {
        if (!filename.endsWith("docs/index.html")) {
          return html;
        }
        const document = JSON.parse(readFileSync(source, "utf8")) as Document;
        return html.replace("<!--api-->", () => docsHtml(document));
      },
    },
  };
}
