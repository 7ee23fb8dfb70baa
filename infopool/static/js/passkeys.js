// Passkeys: asks the device and puts its answer into the form, which goes its usual way then.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const opened = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

function understood(options) {
  const whole = { ...options, challenge: bytes(options.challenge) };
  if (options.user) whole.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) whole.excludeCredentials = opened(options.excludeCredentials);
  if (options.allowCredentials) whole.allowCredentials = opened(options.allowCredentials);
  return whole;
}

function told(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
}

for (const form of window.PublicKeyCredential ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const wrong = form.querySelector("[role=alert]");
    wrong.hidden = true;
    try {
      const { options, sealed } = await (await fetch(form.dataset.question)).json();
      const credential = await navigator.credentials[form.dataset.passkey]({ publicKey: understood(options) });
      form.elements.answer.value = told(credential);
      form.elements.sealed.value = sealed;
      form.submit();
    } catch {
      wrong.hidden = false;
    }
  });
}
