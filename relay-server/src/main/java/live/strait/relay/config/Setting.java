package live.strait.relay.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a key of the configuration is for; on every record component that is a leaf or a list.
///
/// A component that is a record is a section of further keys and needs only its [Section].
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
    /// For a key of a list's entry that has to be given.
    String REQUIRED = "(required)";

    /// The default as it would stand in the file; empty for none, which makes the component null or the list
    /// empty.
    String byDefault() default "";

    /// What the value counts, or the values it may have.
    String unit();

    /// One sentence for the operator.
    String doc();

    /// The least and the largest value of a number.
    int min() default 0;

    int max() default Integer.MAX_VALUE;

    /// On a component that is a record: what the keys below it are about.
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Section {
        String value();
    }
}
