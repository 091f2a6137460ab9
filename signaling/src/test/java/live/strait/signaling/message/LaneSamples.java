package live.strait.signaling.message;

import java.util.List;
import java.util.Map;

/// Messages of every type, each with all that it can hold and with as little as it must.
final class LaneSamples {
    private static final Product PRODUCT =
            new Product("sku-1", "A teapot", "€ 12", "https://shop.example/1", "https://shop.example/1.jpg");
    private static final RoomRules RULES = new RoomRules(5, 60, true, List.of("spam"), 3);
    private static final Pin PIN = new Pin(7, "Does it whistle?", "en", "It does.");
    private static final OnStage HOST = new OnStage("v1", "Ana", 0, true);
    private static final NodeMessage.Ack ACK = new NodeMessage.Ack(
            "q1", ItemKind.QUESTION, ItemState.REFUSED, "Too fast.", RefusalCause.PERSON_RATE, 1500);
    private static final NodeMessage.Question QUESTION = new NodeMessage.Question(
            7,
            "Does it whistle?",
            "en",
            3,
            Map.of("en", 2, "th", 1),
            "v2",
            "Bo",
            "eu",
            1.5,
            ItemState.PINNED,
            "v1",
            12.25);
    private static final NodeMessage.Interrupt INTERRUPT =
            new NodeMessage.Interrupt(8, "v2", "Bo", "th", "eu", "Wait!", 1_790_000_000_000.125, ItemState.RELAYED);

    static final List<ClientMessage> OF_CLIENTS = List.of(
            new ClientMessage.Hello(1, "page-1", "a.b.c", "d.e.f", Role.HOST, "Ana", "pt-BR"),
            new ClientMessage.Hello(1, "page-1", null, null, null, null, null),
            new ClientMessage.Clock(1_790_000_000_000.125),
            new ClientMessage.Question("q1", "¿Cuánto cuesta? 多少钱 🫖", 1.5),
            new ClientMessage.Interrupt("i1", 1.5, "Wait!"),
            new ClientMessage.Interrupt("i1", 1.5, null),
            new ClientMessage.Reaction(ClientMessage.Reaction.Kind.HEART),
            new ClientMessage.Seen(8, 2.5, true),
            new ClientMessage.Answer(7, "It does."),
            new ClientMessage.Answer(7, null),
            new ClientMessage.Pin(7, true),
            new ClientMessage.Dismiss(7, "Not about teapots."),
            new ClientMessage.Dismiss(7, null),
            new ClientMessage.HandOn(7, "v3"),
            new ClientMessage.StageInvite(8),
            new ClientMessage.StageAccept("inv-1", true),
            new ClientMessage.StageLeave("v2"),
            new ClientMessage.StageLeave(null),
            new ClientMessage.ProductShow(PRODUCT),
            new ClientMessage.ProductShow(new Product("sku-1", "A teapot", null, null, null)),
            new ClientMessage.ProductShow(null),
            new ClientMessage.ProductClick("sku-1"),
            new ClientMessage.Rules(5, 60, true, List.of("spam", "scam"), 3),
            new ClientMessage.Rules(null, null, null, null, null),
            new ClientMessage.Mute("v2", true),
            new ClientMessage.Ban("v2", false));

    static final List<NodeMessage> OF_NODES = List.of(
            new NodeMessage.Ready(
                    1,
                    "v1",
                    Role.HOST,
                    "d.e.f",
                    1.5,
                    new RoomSnapshot(4, 120, PRODUCT, List.of(PIN), List.of(HOST), RULES),
                    List.of(ACK),
                    List.of(QUESTION),
                    List.of(INTERRUPT)),
            new NodeMessage.Ready(
                    1,
                    "v2",
                    Role.VIEWER,
                    null,
                    1.5,
                    new RoomSnapshot(4, 120, null, List.of(), List.of(), RULES.withoutBlockedWords()),
                    List.of(),
                    null,
                    null),
            new NodeMessage.Clock(1, 2.25, 3.5),
            ACK,
            new NodeMessage.Ack("i1", ItemKind.INTERRUPT, ItemState.RELAYED, null, null, 0),
            QUESTION,
            new NodeMessage.Question(7, "Does it?", "en", 1, null, "v2", null, null, 1.5, ItemState.ACCEPTED, null, 1),
            new NodeMessage.Gone(7),
            new NodeMessage.Digest(200, 150, Map.of("en", 190, "ja", 10), 1000),
            INTERRUPT,
            new NodeMessage.Interrupt(8, "v2", null, null, null, null, 1.5, ItemState.ACCEPTED),
            new NodeMessage.Comments(List.of(
                    new NodeMessage.Comments.Comment("v2", "Bo", "Hello", "en"),
                    new NodeMessage.Comments.Comment("v3", null, "สวัสดี", "th"))),
            new NodeMessage.Reactions(Map.of(ClientMessage.Reaction.Kind.FIRE, 12)),
            new NodeMessage.Room(5, 121, new ShownProduct(PRODUCT), List.of(PIN), List.of(HOST), RULES),
            new NodeMessage.Room(6, null, ShownProduct.NONE, null, null, null),
            new NodeMessage.Room(7, null, null, null, null, null),
            new NodeMessage.StageInvite("inv-1", "a.b.c", 1),
            new NodeMessage.StageLeave(StageEnd.LOST),
            new NodeMessage.Figures(new NodeMessage.Figures.InterruptFigures(20, 38.25, 120)),
            new NodeMessage.Notice("slow-mode", "One question in 5 s."),
            new NodeMessage.Error(LaneError.UNKNOWN_ITEM, "There is no such question.", "q1"),
            new NodeMessage.Error(LaneError.MALFORMED, "No.", null));

    private LaneSamples() {}
}
