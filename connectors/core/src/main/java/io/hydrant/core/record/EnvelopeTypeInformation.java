package io.hydrant.core.record;

/** Flink's type of {@link Envelope}. */
public final class EnvelopeTypeInformation extends ImmutableTypeInformation<Envelope> {

    private static final long serialVersionUID = 1L;

    /** The one instance. */
    public static final EnvelopeTypeInformation INSTANCE = new EnvelopeTypeInformation();

    private EnvelopeTypeInformation() {
        super(Envelope.class, EnvelopeSerializer.INSTANCE);
    }

    private Object readResolve() {
        return INSTANCE;
    }
}
