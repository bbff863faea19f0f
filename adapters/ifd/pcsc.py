"""The bench plays the reader through PC/SC (pyscard): power, commands and T=0's detours."""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

# pyscard has no types, and is installed only where there is a reader.
from smartcard import scard  # type: ignore[import-untyped, import-not-found, unused-ignore]

from adapters.codec.apdu import ResponseApdu, decode_response
from adapters.codec.errors import RemoteProtocolError
from adapters.errors import BenchBroken, DeviceAbsent, DeviceFell
from adapters.ifd.private_pcscd import SOCKET_NAME

MILLISECONDS = 1000
PROTOCOLS = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
CARD_GONE = frozenset(
    (
        scard.SCARD_W_REMOVED_CARD,
        scard.SCARD_W_RESET_CARD,
        scard.SCARD_W_UNPOWERED_CARD,
        scard.SCARD_W_UNRESPONSIVE_CARD,
        scard.SCARD_E_NO_SMARTCARD,
        scard.SCARD_E_NOT_TRANSACTED,
    )
)
# ISO/IEC 7816-4, 5.1.3: more to be fetched, and the length that would have been right.
SW1_MORE_61 = 0x61
SW1_LENGTH_6C = 0x6C
GET_RESPONSE = bytes.fromhex("00C00000")
HEADER = 4
CASE_1_AND_2 = 5
# A short response is 256 bytes; even one that comes in small pieces needs no more of them.
MOST_DETOURS = 32
# Readers report each change of a slot; a card settles within a few.
MOST_CHANGES = 8


def use_daemon(socket_path: Path) -> None:
    """Talk to this daemon instead of the system's, from the first connect of this process on."""
    os.environ[SOCKET_NAME] = str(socket_path)


def cards() -> dict[str, bytes]:
    """The daemon's readers and the ATR of the card in each (b"" if there is none), untouched.

    BenchBroken if there is no daemon.
    """
    code, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
    _accept(code, "PC/SC daemon")
    try:
        # A state that is not known yet is told at once.
        looked_at = [(name, scard.SCARD_STATE_UNAWARE) for name in _names(context)]
        code, states = scard.SCardGetStatusChange(context, 0, looked_at)
        _accept(code, "readers")
    finally:
        scard.SCardReleaseContext(context)
    return {str(name): bytes(atr) for name, _, atr in states}


class _Worker:
    """A thread in which one call at a time is made, so that a call can be given up."""

    def __init__(self) -> None:
        self._asked: SimpleQueue[Callable[[], Any]] = SimpleQueue()
        self._answered: SimpleQueue[tuple[Any, tuple[Exception, ...]]] = SimpleQueue()
        threading.Thread(target=self._serve, daemon=True).start()

    def call(self, asked: Callable[[], Any], wait_ms: int) -> Any:
        """What the call gives or raises; queue.Empty if it does not come back in time."""
        self._asked.put(asked)
        result, raised = self._answered.get(timeout=wait_ms / MILLISECONDS)
        for each in raised:
            raise each
        return result

    def end(self) -> None:
        """Let the thread go, once it comes back."""
        self._asked.put(_leave)

    def _serve(self) -> None:
        while (asked := self._asked.get()) is not _leave:
            try:
                self._answered.put((asked(), ()))
            except Exception as raised:  # noqa: BLE001 - handed to the caller, not swallowed
                self._answered.put((None, (raised,)))


def _leave() -> None:
    """The call after which a worker's thread ends."""


class PcscIfd:
    """A card in the first reader whose name begins as given; every call ends within `wait_ms`.

    Holds a context of its own from connect to disconnect, so a daemon that was started anew is
    found again. DeviceFell about the card: hang (no answer in time), close (no card any more),
    garbage, flood (61xx or 6Cxx without end). BenchBroken about reader and daemon.
    """

    def __init__(self, reader: str, wait_ms: int) -> None:
        self._reader = reader
        self._wait_ms = wait_ms
        self._worker = _Worker()
        self._open: list[_Connection] = []

    def connect(self) -> bytes:
        """Power the card on; its ATR. DeviceAbsent if no such reader or no card in it."""
        self.disconnect()
        connection, atr = self._call(lambda: _connect(self._reader, self._wait_ms), 2)
        self._open.append(connection)
        return bytes(atr)

    def transmit(self, command: bytes) -> bytes:
        """The whole R-APDU: what 61xx announces is fetched, what 6Cxx corrects is asked again."""
        collected = b""
        for _ in range(MOST_DETOURS):
            response = self._exchange(command)
            collected += response.data
            if response.sw1 == SW1_MORE_61:
                command = GET_RESPONSE + bytes((response.sw2,))
            elif response.sw1 == SW1_LENGTH_6C and len(command) <= CASE_1_AND_2:
                command = command[:HEADER] + bytes((response.sw2,))
            else:
                return ResponseApdu(collected, response.sw1, response.sw2).encode()
        raise DeviceFell("flood", f"the card sent 61xx or 6Cxx {MOST_DETOURS} times on end")

    def reset(self) -> bytes:
        """Reset the card without taking its power; its ATR."""
        if not self._open:
            raise BenchBroken("no card is connected")
        atr: bytes = self._call(self._open[0].reset, 1)
        return atr

    def disconnect(self) -> None:
        """Power the card off and give reader and daemon back; nothing if there is no connection."""
        while self._open:
            self._call(self._open.pop().close, 1)

    def _exchange(self, command: bytes) -> ResponseApdu:
        if not self._open:
            raise BenchBroken("no card is connected")
        connection = self._open[0]
        answer = self._call(lambda: connection.transmit(command), 1)
        try:
            return decode_response(bytes(answer))
        except RemoteProtocolError as garbage:
            raise DeviceFell("garbage", str(garbage)) from garbage

    def _call(self, asked: Callable[[], Any], shares: int) -> Any:
        try:
            return self._worker.call(asked, shares * self._wait_ms)
        except Empty as silent:
            # The library cannot be called back: its thread, context and card are left behind.
            self._worker.end()
            self._worker = _Worker()
            self._open.clear()
            message = f"the card did not answer within {self._wait_ms} ms"
            raise DeviceFell("hang", message) from silent


class _Connection:
    """A context of the library and a card in it; used in one thread at a time."""

    def __init__(self, context: Any, card: Any, protocol: Any) -> None:
        self._context = context
        self._card = card
        self._protocol = protocol

    def transmit(self, command: bytes) -> bytes:
        code, answer = scard.SCardTransmit(self._card, self._protocol, list(command))
        _accept(code, "command")
        return bytes(answer)

    def reset(self) -> bytes:
        code, self._protocol = scard.SCardReconnect(
            self._card, scard.SCARD_SHARE_EXCLUSIVE, PROTOCOLS, scard.SCARD_RESET_CARD
        )
        _accept(code, "warm reset")
        code, _, _, _, atr = scard.SCardStatus(self._card)
        _accept(code, "ATR")
        return bytes(atr)

    def close(self) -> None:
        # A card that is gone and a daemon that has ended are given back already.
        scard.SCardDisconnect(self._card, scard.SCARD_UNPOWER_CARD)
        scard.SCardReleaseContext(self._context)


def _connect(reader: str, wait_ms: int) -> tuple[_Connection, bytes]:
    code, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
    _accept(code, "PC/SC daemon")
    try:
        name = _named(context, reader)
        _await_card(context, name, wait_ms)
        code, card, protocol = scard.SCardConnect(
            context, name, scard.SCARD_SHARE_EXCLUSIVE, PROTOCOLS
        )
        _accept(code, "power on")
        code, _, _, _, atr = scard.SCardStatus(card)
        _accept(code, "ATR")
    except BaseException:
        scard.SCardReleaseContext(context)
        raise
    return _Connection(context, card, protocol), bytes(atr)


def _names(context: Any) -> list[str]:
    code, names = scard.SCardListReaders(context, [])
    # The library's word for a daemon without any reader.
    if code != scard.SCARD_E_NO_READERS_AVAILABLE:
        _accept(code, "readers")
    return sorted(names)


def _named(context: Any, reader: str) -> str:
    names = _names(context)
    for name in names:
        if name.startswith(reader):
            return name
    raise DeviceAbsent(f"no reader called {reader}; there are: {', '.join(names) or 'none'}")


def _await_card(context: Any, name: str, wait_ms: int) -> None:
    """Wait until a card is in the reader; the first look comes back at once."""
    known = scard.SCARD_STATE_UNAWARE
    for _ in range(MOST_CHANGES):
        code, states = scard.SCardGetStatusChange(context, wait_ms, [(name, known)])
        if code == scard.SCARD_E_TIMEOUT:
            break
        _accept(code, "reader")
        known = states[0][1]
        if known & scard.SCARD_STATE_PRESENT and not known & scard.SCARD_STATE_MUTE:
            return
    raise DeviceAbsent(f"no card in {name} within {wait_ms} ms")


def _accept(code: int, what: str) -> None:
    if code == scard.SCARD_S_SUCCESS:
        return
    message = f"{what}: {scard.SCardGetErrorMessage(code)}"
    if code in CARD_GONE:
        raise DeviceFell("close", message)
    raise BenchBroken(message)
