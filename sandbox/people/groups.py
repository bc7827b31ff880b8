"""Who sees whom: a trainer the people of their groups, an administrator and the board everybody."""

from sqlalchemy import Select, select

from sandbox.extensions import db
from sandbox.people import roles
from sandbox.people.models import Group, Membership, Person


def people_seen_by(viewer: Person) -> Select[Person]:
    """The people this person may look at, as a query sorted by name; everyone sees themselves."""
    everybody = select(Person).order_by(Person.search_key, Person.id)
    if viewer.has_role(roles.ADMINISTRATOR, roles.BOARD):
        return everybody
    if viewer.has_role(roles.TRAINER):
        return everybody.where((Person.id == viewer.id) | Person.id.in_(_trainees_of(viewer)))
    return everybody.where(Person.id == viewer.id)


def trainees_of(trainer: Person) -> Select[Person]:
    """The active trainees of the trainer's groups, an administrator's being all, sorted by name."""
    trainees = (
        select(Person)
        .where(Person.role == roles.TRAINEE, Person.is_active)
        .order_by(Person.search_key, Person.id)
    )
    if trainer.has_role(roles.ADMINISTRATOR):
        return trainees
    return trainees.where(Person.id.in_(_trainees_of(trainer)))


def may_see(viewer: Person, person: Person) -> bool:
    """Whether the viewer may look at this person's work."""
    return db.session.scalar(people_seen_by(viewer).where(Person.id == person.id)) is not None


def looks_over(viewer_id: int, person_id: int) -> bool:
    """The same by account numbers: whether one may look at the space of the other."""
    viewer, person = db.session.get(Person, viewer_id), db.session.get(Person, person_id)
    return viewer is not None and person is not None and may_see(viewer, person)


def put_in_groups(person: Person, group_ids: list[int]) -> None:
    """Make these the person's groups, no more and no fewer; unknown ids are passed over."""
    wanted = set(db.session.scalars(select(Group.id).where(Group.id.in_(group_ids))))
    for membership in list(person.memberships):
        if membership.group_id not in wanted:
            person.memberships.remove(membership)
    held = {membership.group_id for membership in person.memberships}
    for group_id in sorted(wanted - held):
        person.memberships.append(Membership(group_id=group_id))


def _trainees_of(trainer: Person) -> Select[int]:
    return (
        select(Membership.person_id)
        .join(Group, Group.id == Membership.group_id)
        .where(Group.trainer_id == trainer.id)
    )
