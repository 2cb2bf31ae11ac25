"""Ports for children: free, different, and out of the way of outgoing connections."""

import socket

from tests.fakes.chance import FakeChance
from visavis.demo.ports import free_ports

EPHEMERAL = 32_768  # where Linux begins to take ports for outgoing connections


def test_ports_are_different_and_out_of_the_way() -> None:
    ports = free_ports(FakeChance("ports"), socket.SOCK_STREAM, 5)
    assert len(set(ports)) == 5
    assert all(20_000 <= port < EPHEMERAL for port in ports)


def test_a_port_that_somebody_has_is_passed_over() -> None:
    (first,) = free_ports(FakeChance("ports"), socket.SOCK_STREAM, 1)
    with socket.socket() as held:
        held.bind(("127.0.0.1", first))
        assert free_ports(FakeChance("ports"), socket.SOCK_STREAM, 1) != [first]
    assert free_ports(FakeChance("ports"), socket.SOCK_STREAM, 1) == [first]
