package live.strait.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "live.strait.protocol", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule machinesNeverReadAClock = noClasses()
            .that()
            .resideOutsideOfPackage("..protocol.dtls..")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock")
            .because("time is a parameter; Bouncy Castle's handshake is the one declared exception");

    @ArchTest
    static final ArchRule bouncyCastleIsSeenByDtlsAlone = noClasses()
            .that()
            .resideOutsideOfPackage("..protocol.dtls..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bouncycastle..", "com.amazon.corretto..")
            .because("it blocks, reads clocks and is slow on packets: DtlsMachine is the one door to it");

    @ArchTest
    static final ArchRule ice4jIsSeenByTheStunCodecAlone = noClasses()
            .that()
            .doNotHaveSimpleName("StunCodec")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.ice4j..")
            .because("its decoder trusts its input, and its agents have threads and sockets");
}
