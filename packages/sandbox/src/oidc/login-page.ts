const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;"
};

/** Text that stands in HTML as itself. */
export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (char) => escapes[char] ?? char);

/** A page of this sandbox: no scripts, nothing from elsewhere, not to be framed. */
export const htmlAnswer = (status: number, title: string, body: string): Response => {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #8884; vertical-align: top; }
form { max-width: 20rem; display: grid; gap: .75rem; }
label { display: grid; }
input, button { font: inherit; padding: .4rem; }
.error { color: #b00020; }
</style>
</head>
<body>
${body}
</body>
</html>
`;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff"
  };
  return new Response(html, { status, headers });
};

/** Where a person logs in; the form goes back to the address the page came from. */
export const loginPage = (clientId: string, problem?: string): Response =>
  htmlAnswer(
    problem === undefined ? 200 : 401,
    "Log in to the sandbox",
    `<main><h1>Log in</h1>
<p>The program <strong>${escapeHtml(clientId)}</strong> asks for your account in this local sandbox. Use a sandbox user, never a real password.</p>
${problem === undefined ? "" : `<p class="error" role="alert">${escapeHtml(problem)}</p>`}
<form method="post">
<label>E-mail <input name="username" type="email" autocomplete="username" required autofocus></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>
<button>Log in</button>
</form></main>`
  );
