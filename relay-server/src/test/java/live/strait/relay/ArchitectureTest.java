package live.strait.relay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import live.strait.relay.loop.RoomLoop;

/// The rules of packages: who sees sockets, queues, clocks and rooms, and in which direction dependencies go.
@AnalyzeClasses(packages = "live.strait", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String RELAY = "live.strait.relay..";
    private static final String LOOP = "live.strait.relay.loop..";
    private static final String EGRESS = "live.strait.relay.egress..";
    private static final String INGRESS = "live.strait.relay.ingress..";
    private static final String PEER = "live.strait.relay.peer..";
    private static final String MEDIA = "live.strait.relay.media..";
    private static final String EDGE = "live.strait.relay.edge..";
    private static final String LANE = "live.strait.relay.lane..";
    private static final String JOURNAL = "live.strait.relay.journal..";
    private static final String ROOM = "live.strait.relay.room..";

    @ArchTest
    static final ArchRule socketsAreSeenByTheEdgeAlone = noClasses()
            .that()
            .resideInAPackage(RELAY)
            .and()
            .resideOutsideOfPackage(EDGE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty.channel..", "io.netty.bootstrap..")
            .because("what stands behind the edge is the same over any transport, and in a simulation");

    @ArchTest
    static final ArchRule queuesBetweenLoopsAreSeenByTheirDoorAlone = noClasses()
            .that()
            .resideOutsideOfPackage(LOOP)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jctools..")
            .because("the mailbox is the one door between loops: bounded, refusals counted");

    @ArchTest
    static final ArchRule timeIsAParameter = noClasses()
            .that()
            .resideInAnyPackage(LOOP, EGRESS, INGRESS, PEER, MEDIA, LANE, JOURNAL, ROOM, "live.strait.relay.observe..")
            .and()
            .doNotBelongToAnyOf(RoomLoop.class)
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .because("the edge and the room loop read the clock once per batch, and tests have a clock of their own");

    @ArchTest
    static final ArchRule mediaDoesNotKnowRooms = noClasses()
            .that()
            .resideInAnyPackage(LOOP, EGRESS, INGRESS, PEER, MEDIA, EDGE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOM)
            .because("dependencies go loop, egress, peer, media, room");

    @ArchTest
    static final ArchRule peersDoNotKnowMedia = noClasses()
            .that()
            .resideInAnyPackage(LOOP, EGRESS, INGRESS, PEER, EDGE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(MEDIA)
            .because("dependencies go loop, egress, peer, media, room; a peer has its media behind PeerMedia");

    @ArchTest
    static final ArchRule loopsDoNotKnowPeers = noClasses()
            .that()
            .resideInAnyPackage(LOOP, EGRESS, INGRESS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(PEER)
            .because("dependencies go loop, egress, peer, media, room");

    @ArchTest
    static final ArchRule nobodyBelowKnowsTheEdge = noClasses()
            .that()
            .resideInAnyPackage(LOOP, EGRESS, INGRESS, PEER, MEDIA)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(EDGE)
            .because("bytes come in by a call and leave through the egress");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("live.strait.relay.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule foreignFunctionsStayInFourPackages = noClasses()
            .that()
            .resideOutsideOfPackages("live.strait.protocol.crypto..", EGRESS, INGRESS, "live.strait.relay.cpu..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.foreign..")
            .because("a wrong address ends the process");

    @ArchTest
    static final ArchRule vertxIsSeenByTheHttpFrontAlone = noClasses()
            .that()
            .resideOutsideOfPackage("live.strait.signaling.http..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx..")
            .because("HTTP is routing and limits, not what Strait exists for");
}
