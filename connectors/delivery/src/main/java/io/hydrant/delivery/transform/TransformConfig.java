package io.hydrant.delivery.transform;

import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Objects;

/**
 * Which transform runs, resolved once.
 *
 * @param className class of the transform
 * @param parameters what it is told when it opens
 */
public record TransformConfig(String className, Map<String, String> parameters)
        implements Serializable {

    /** Records stay as they are. */
    public static final TransformConfig NONE =
            new TransformConfig(PassThrough.class.getName(), Map.of());

    /** Validates that nothing is missing. */
    public TransformConfig {
        Objects.requireNonNull(className, "className");
        parameters = Map.copyOf(parameters);
    }

    /** Reads {@link TransformOptions}. */
    public static TransformConfig from(ReadableConfig config) {
        return new TransformConfig(
                config.get(TransformOptions.CLASS), config.get(TransformOptions.PARAMETERS));
    }

    /**
     * Makes an instance of the transform.
     *
     * @param loader where to look for the class
     * @throws IllegalArgumentException saying what is wrong with the class and how to mend it
     */
    RecordTransform instantiate(ClassLoader loader) {
        Class<?> type = load(loader);
        if (!RecordTransform.class.isAssignableFrom(type)) {
            throw unusable("does not implement " + RecordTransform.class.getName(), null);
        }
        if (Modifier.isAbstract(type.getModifiers()) || !Modifier.isPublic(type.getModifiers())) {
            throw unusable("must be public and not abstract", null);
        }
        try {
            Constructor<?> constructor = type.getConstructor();
            return (RecordTransform) constructor.newInstance();
        } catch (NoSuchMethodException e) {
            throw unusable("has no public constructor without parameters", e);
        } catch (InvocationTargetException e) {
            throw unusable("failed in its constructor: " + e.getCause(), e);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw unusable("cannot be instantiated: " + e, e);
        }
    }

    private Class<?> load(ClassLoader loader) {
        try {
            return Class.forName(className, true, loader);
        } catch (ClassNotFoundException e) {
            throw unusable(
                    "is not on the class path; add its jar with 'flink run -C file:///my-transforms.jar', or put it into Flink's lib folder",
                    e);
        } catch (LinkageError e) {
            throw unusable("cannot be loaded: " + e, e);
        }
    }

    /** Whether records are left as they are. */
    public boolean isPassThrough() {
        return className.equals(PassThrough.class.getName());
    }

    /** The class and the names of its parameters; their values may be secrets. */
    @Override
    public String toString() {
        return className + parameters.keySet();
    }

    private IllegalArgumentException unusable(String reason, Throwable cause) {
        return new IllegalArgumentException(
                TransformOptions.CLASS.key() + ": '" + className + "' " + reason, cause);
    }
}
