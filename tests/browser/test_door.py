"""The door of the real world: a code from the mail, a passkey made by a virtual device, spare codes. Each page is judged."""

import re
import time

from playwright.sync_api import Page, expect

from tests.browser.judging import WIDE, Judge

ADDRESS = "mira.lindqvist@haldengrid.example"
CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")
PATIENCE = 30
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_in_by_a_code_and_then_by_a_passkey(visitors):
    # a browser makes no passkey for a bare number: the same server by its name
    mira = visitors.arrive(base_url=visitors.server.address.replace("127.0.0.1", "localhost"))
    device = mira.context.new_cdp_session(mira)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    wrong: list[str] = []

    come_in_by_code(mira, wrong)
    expect(heading(mira)).to_have_text("Good morning, Mira.")
    make_a_passkey(mira, wrong)
    sign_out(mira)
    mira.get_by_role("button", name="Use your passkey").click()
    expect(heading(mira)).to_have_text("Good morning, Mira.")
    rename_it(mira, wrong)
    sign_out(mira)

    come_in_by_code(mira, [])
    looked_at(mira, "Now your key.", wrong)
    mira.get_by_role("button", name="Use your passkey").click()
    expect(heading(mira)).to_have_text("Good morning, Mira.")
    assert not wrong, "\n".join(wrong)


def come_in_by_code(mira: Page, wrong: list[str]) -> None:
    """The code of the newest mail."""
    mira.goto("/accounts/login/")
    mails = mails_to(mira)
    mira.goto("/accounts/login/")
    mira.get_by_label("Your mail address").fill(ADDRESS)
    mira.get_by_role("button", name="Send me a code").click()
    looked_at(mira, "Look into your mail.", wrong)
    code = code_of_the_mail_after(mira.context.new_page(), mails)
    mira.get_by_label("The code").fill(code)
    mira.get_by_role("button", name="Come in").click()


def make_a_passkey(mira: Page, wrong: list[str]) -> None:
    """From the settings; spare codes come with it."""
    mira.goto("/settings/door/")
    mira.get_by_role("link", name="Add a passkey").click()
    mira.get_by_label("What do you call this device?").fill("Laptop")
    mira.get_by_role("button", name="Make a passkey").click()
    looked_at(mira, "Spare codes", wrong)
    mira.goto("/settings/door/")
    expect(mira.locator("#passkeys")).to_contain_text("Laptop")


def rename_it(mira: Page, wrong: list[str]) -> None:
    """To another name, and nearly away."""
    mira.goto("/settings/door/")
    mira.locator("#passkeys").get_by_role("link", name=re.compile("Rename")).click()
    looked_at(mira, "Is it you?", wrong)
    mira.get_by_role("button", name="Use your passkey").click()
    looked_at(mira, "What do you call it?", wrong)
    mira.get_by_label("Its name").fill("Old laptop")
    mira.get_by_role("button", name="Keep it").click()
    mira.goto("/settings/door/")
    expect(mira.locator("#passkeys")).to_contain_text("Old laptop")
    mira.locator("#passkeys").get_by_role("link", name=re.compile("away|Remove")).click()
    looked_at(mira, "Take “Old laptop” away?", wrong)


def sign_out(mira: Page) -> None:
    """By the menu under one's own face."""
    mira.goto("/settings/door/")
    mira.get_by_role("button", name="Sign out here").click()
    mira.goto("/accounts/login/")
    expect(heading(mira)).to_have_text("Good to see you.")


def mails_to(page: Page) -> list[str]:
    """The addresses of the mails in the mail room, newest first."""
    page.goto("/demo/mail/")
    return [link.get_attribute("href") for link in page.get_by_role("main").get_by_role("link").all()]


def code_of_the_mail_after(page: Page, known: list[str]) -> str:
    """A mail leaves after the answer: look again until it is there."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for address in [address for address in mails_to(page) if address not in known]:
            known.append(address)
            if address.startswith("/demo/mail/2") and (found := code_in(page, address)):
                page.close()
                return found
    raise AssertionError("no mail with a code came")


def code_in(page: Page, mail: str) -> str:
    """Eight letters of a mail; other mails come, too."""
    page.goto(mail)
    found = CODE.search(page.get_by_role("main").inner_text())
    return found[0] if found else ""


def looked_at(page: Page, says: str, wrong: list[str]) -> None:
    """Wait for the page by its heading, and let it be judged."""
    expect(heading(page)).to_have_text(says)
    wrong += [f"{says}: {line}" for line in Judge(page).looks()]
    page.set_viewport_size(WIDE)


def heading(page: Page):
    """What the page says it is."""
    return page.get_by_role("heading", level=1)
