"""/concern refer: put a referral you made elsewhere on record, so that its response clock runs."""

from concerns import commands as c
from concerns.model import Method
from concerns.people import AgencyId
from handlers.answers import Answers
from handlers.fields import a_strand, agency, long, method, moment, own_ref, strand
from handlers.scene import Page, Policy, Scene, Side, Verb
from views.parts import Field


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """To whom, when and how the referral was made."""
    fields = (
        strand(scene),
        agency(scene),
        moment("when", "When was the referral made?", scene),
        method("how", "How was it made?"),
        long("summary", "What was it about, in brief?"),
        own_ref("own_ref"),
    )
    danger = " ".join(dict.fromkeys(emergency.text for emergency in scene.emergencies()))
    return (Page(fields, (f"{danger} Then put it on record with {scene.slash}concern raise.",)),)


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.Refer:
    """The referral as it was filled in."""
    return c.Refer(
        by=scene.person,
        ref=scene.new_ref,
        agency=AgencyId(answers.text("agency")),
        strand=a_strand(answers),
        when=answers.instant("when") or scene.now,
        how=Method(answers.text("how")),
        words=answers.words(fields),
    )


VERB = Verb(
    name="refer",
    label="Record a referral",
    usage="",
    about="Put a referral you made on record; its response clock starts",
    title="Record a referral",
    policy=Policy.ENROLLED,
    side=Side.RAISING,
    on_concern=False,
    command=c.Refer,
    pages=pages,
    act=act,
)
