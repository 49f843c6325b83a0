"""/concern refer: put a referral you made elsewhere on record, so that its response clock runs."""

from concerns import commands as c
from concerns.model import Method
from concerns.people import AgencyId
from handlers.answers import Answers
from handlers.fields import a_strand, agency, long, method, moment, strand, text
from handlers.scene import Page, Policy, Scene, Side, Verb
from views.parts import Field


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """To whom, when and how the referral was made."""
    fields = (
        strand(),
        agency(scene),
        moment("when", "When was the referral made?", scene),
        method("how", "How was it made?"),
        long("summary", "What was it about, in brief?"),
        text("own_ref", "Your own record's reference (never a name)"),
    )
    return (
        Page(fields, ("If somebody is in immediate danger now, stop and use /concern raise, or ring 999.",)),
    )


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.Refer:
    """The referral as it was filled in."""
    return c.Refer(
        by=scene.person,
        ref=scene.fresh_ref,
        agency=AgencyId(answers.text("agency")),
        strand=a_strand(answers),
        when=answers.instant("when") or scene.now,
        how=Method(answers.text("how")),
        words=answers.words(fields),
    )


VERB = Verb(
    name="refer",
    label="Record a referral",
    usage="words…",
    about="Put a referral you made on record; its response clock starts",
    title="Record a referral",
    policy=Policy.ENROLLED,
    side=Side.RAISING,
    on_concern=False,
    command=c.Refer,
    pages=pages,
    act=act,
)
