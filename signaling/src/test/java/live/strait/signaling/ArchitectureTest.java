package live.strait.signaling;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "live.strait.signaling", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule onlyTheHttpFrontSeesTheHttpServer = noClasses()
            .that()
            .resideOutsideOfPackage("..signaling.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.netty..")
            .because("routing and sockets are behind signaling.http; the rest is plain Java");

    @ArchTest
    static final ArchRule onlyTokensSeeJose = noClasses()
            .that()
            .resideOutsideOfPackage("..signaling.token..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.nimbusds..")
            .because("a token is a Grant or a TokenRefusal to everybody else");

    @ArchTest
    static final ArchRule thePortKnowsNothingAboveIt = noClasses()
            .that()
            .resideInAPackage("..signaling.control..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..signaling.http..", "..signaling.session..", "..signaling.token..")
            .because("the relay implements the port and must not need the HTTP front for it");
}
