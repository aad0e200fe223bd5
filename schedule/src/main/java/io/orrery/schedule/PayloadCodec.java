package io.orrery.schedule;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes payloads as text and reads them back. Implementations are safe for use by any thread, and make no object of a class
 * that the text names.
 */
public interface PayloadCodec {

    /** Its id, which is kept beside what it has written; short, and never changed, since old text is read by it. */
    String id();

    /**
     * Writes a payload.
     *
     * @throws IllegalArgumentException if it cannot be written: the message names its type and what would do
     */
    String encode(@Nullable Object payload);

    /**
     * Reads a payload.
     *
     * @param type what the job that is given it wants
     * @throws IllegalArgumentException if the text is nothing of that type: the message says where and why
     */
    <T> @Nullable T decode(String text, Class<T> type);

    /** For text, numbers, booleans, enums, and what has a static {@code parse} or {@code valueOf} of its text. */
    static PayloadCodec plain() {
        return PlainPayloads.INSTANCE;
    }

    /**
     * Encrypts what another codec writes, by AES-GCM with a key that is made of a secret. Ids, times and names of jobs stay
     * readable. To change the key, add a new one and write with that; the old ones are for reading.
     *
     * @param current the id of the key that is written with
     * @param secrets texts of at least 16 characters, by the ids of keys, which stand beside what they have encrypted
     * @throws IllegalArgumentException if there is no secret for it, a secret is shorter, or an id has a colon
     */
    static PayloadCodec encrypted(PayloadCodec codec, String current, Map<String, String> secrets) {
        return new EncryptedPayloads(codec, current, secrets);
    }
}
