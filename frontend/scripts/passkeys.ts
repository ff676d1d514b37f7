// Passkeys: a form with data-passkey="get" or "create" asks the device before it is sent. What the
// server asks stands in #passkey, or is fetched from the form's own address. Where the browser has
// no passkeys the forms stay hidden, and the page says what to do instead.

type Told = { [name: string]: unknown };

function bytes(text: string): ArrayBuffer {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer;
}

function text(buffer: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}

/** What JSON cannot hold are bytes: those few fields are told by their names. */
const BYTES = new Set(["challenge", "id"]);

function opened(value: unknown, name = ""): unknown {
  if (typeof value === "string") return BYTES.has(name) ? bytes(value) : value;
  if (Array.isArray(value)) return value.map((part) => opened(part));
  if (value === null || typeof value !== "object") return value;
  const known = name !== "rp";
  const parts = Object.entries(value as Told);
  return Object.fromEntries(parts.map(([key, part]) => [key, opened(part, known ? key : "")]));
}

function written(found: PublicKeyCredential): Told {
  const said: Told = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    const part = (found.response as unknown as Told)[name];
    if (part instanceof ArrayBuffer) said[name] = text(part);
  }
  return {
    type: found.type,
    id: found.id,
    rawId: text(found.rawId),
    response: said,
    clientExtensionResults: found.getClientExtensionResults(),
  };
}

async function asked(form: HTMLFormElement): Promise<Told> {
  const here = document.getElementById("passkey");
  if (here) return JSON.parse(here.textContent || "{}") as Told;
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as Told;
}

async function found(form: HTMLFormElement): Promise<PublicKeyCredential> {
  const told = await asked(form);
  const making = form.dataset.passkey === "create";
  const options = (making ? told.creation_options : told.request_options) as Told;
  const key = opened(options.publicKey) as Told;
  if (making) {
    const alone = form.querySelector<HTMLInputElement>("[name=passwordless]");
    const kept = Boolean(alone?.checked);
    const selection = key.authenticatorSelection as Told;
    const verified = kept ? "required" : selection.userVerification;
    const resident = { residentKey: kept ? "required" : "discouraged", requireResidentKey: kept };
    key.authenticatorSelection = { ...selection, ...resident, userVerification: verified };
  }
  const made = making
    ? await navigator.credentials.create({ publicKey: key as unknown as PublicKeyCredentialCreationOptions })
    : await navigator.credentials.get({ publicKey: key as unknown as PublicKeyCredentialRequestOptions });
  return made as PublicKeyCredential;
}

async function send(form: HTMLFormElement): Promise<void> {
  const failed = form.querySelector<HTMLElement>("[role=alert]:last-of-type");
  if (failed) failed.hidden = true;
  try {
    const credential = written(await found(form));
    form.querySelector<HTMLInputElement>("[name=credential]")!.value = JSON.stringify(credential);
    form.submit();
  } catch {
    if (failed) failed.hidden = false;
  }
}

/** Show the forms where the browser has passkeys, and ask the device when one is sent. */
export function passkeys(): void {
  if (!window.PublicKeyCredential || !window.isSecureContext) return;
  document.querySelectorAll<HTMLElement>("[data-no-passkeys]").forEach((note) => (note.hidden = true));
  document.querySelectorAll<HTMLFormElement>("form[data-passkey]").forEach((form) => {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void send(form);
    });
  });
}
