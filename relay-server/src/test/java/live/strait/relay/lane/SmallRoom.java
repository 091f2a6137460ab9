package live.strait.relay.lane;

/// Options of a room that is soon full, for tests of what happens then.
final class SmallRoom {
    private SmallRoom() {}

    static LaneOptions of(int boardEntries, int people) {
        LaneOptions defaults = LaneOptions.DEFAULTS;
        return new LaneOptions(
                defaults.questionsOfPerson(),
                defaults.questionsOfRoom(),
                defaults.interruptsOfPerson(),
                defaults.messages(),
                defaults.hostMessages(),
                boardEntries,
                defaults.openInterrupts(),
                people,
                defaults.rules());
    }
}
