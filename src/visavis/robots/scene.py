"""What the robots do: greet before the press, close the doors, talk through interpreters, rest, and begin again."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from visavis.robots.lines import GREETING, TALKS, Line
from visavis.robots.robot import Robot
from visavis.robots.voices import spoken

INTERPRETER_LAG_SECONDS: Final = 1.5  # an interpreter waits for the sense of a sentence before speaking
BETWEEN_LINES_SECONDS: Final = 1.0
RECESS_SECONDS: Final = 12.0
OPEN: Final = "The doors are open"
CLOSED: Final = "The doors are closed"
ENGLISH_NAMES: Final = {"en": "English", "fr": "French"}


@dataclass(frozen=True, slots=True)
class Troupe:
    """The robots, by what they do."""

    robots: tuple[Robot, ...]

    def find(self, party: str, role: str) -> Robot:
        """Return the robot in a role of a party."""
        return next(robot for robot in self.robots if (robot.seat.party, robot.seat.role) == (party, role))

    def interpreter_into(self, language: str) -> Robot:
        """Return the interpreter whose booth a language is."""
        roles = (robot for robot in self.robots if robot.seat.role == "interpreter")
        return next(robot for robot in roles if robot.seat.language == language)

    def chairs(self) -> list[Robot]:
        """Return the chairs, in the order of the delegations."""
        return [robot for robot in self.robots if robot.seat.role == "chair"]

    async def see(self, words: str) -> None:
        """Wait until everybody in the room reads these words; the press is not always in it."""
        await asyncio.gather(*(robot.see(words) for robot in self.robots if robot.seat.role != "press"))


async def play(troupe: Troupe) -> None:
    """Hold the summit again and again until cancelled."""
    first, second = troupe.chairs()
    while True:
        await first.order("Open the doors")
        await second.agree()
        await troupe.see(OPEN)
        await exchange(troupe, GREETING)
        await second.order("Close the doors")
        await troupe.see(CLOSED)
        await exchange(troupe, TALKS)
        await first.order("Recess")
        await asyncio.sleep(RECESS_SECONDS)
        await second.order("Resume the meeting")
        await troupe.see(CLOSED)
        await exchange(troupe, TALKS)


async def exchange(troupe: Troupe, lines: Sequence[Line]) -> None:
    """Take up the next item, and let the principals speak to it in turn, each interpreted into the other's language."""
    await troupe.chairs()[0].take_up_next()
    for line in lines:
        await state(troupe, line)
        await asyncio.sleep(BETWEEN_LINES_SECONDS)


async def state(troupe: Troupe, line: Line) -> None:
    """Let one principal ask for the floor and make a statement, and the other language's interpreter follow."""
    speaker = troupe.find(line.party, "principal")
    into = next(language for language in ENGLISH_NAMES if language != speaker.seat.language)
    interpreter = troupe.interpreter_into(into)
    original, interpretation = await asyncio.gather(
        spoken(line.text, speaker.seat.language, speaker.place),
        spoken(line.interpretation, into, interpreter.place),
    )
    await speaker.turn_on_microphone()
    if await speaker.press("Ask for the floor"):
        await troupe.find(line.party, "chair").give_floor(speaker.seat.name)
    await interpreter.turn_on_air(ENGLISH_NAMES[into], on=True)
    async with asyncio.TaskGroup() as voices:
        voices.create_task(speaker.say(original))
        voices.create_task(_after_a_moment(interpreter, interpretation))
    await interpreter.turn_on_air(ENGLISH_NAMES[into], on=False)
    await speaker.press("Yield the floor")


async def _after_a_moment(interpreter: Robot, wav: str) -> None:
    await asyncio.sleep(INTERPRETER_LAG_SECONDS)
    await interpreter.say(wav)
