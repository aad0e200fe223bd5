package io.orrery.schedule;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Another codec's text, encrypted by AES-GCM: the id of the key, a colon, and nonce, ciphertext and tag in Base64. */
final class EncryptedPayloads implements PayloadCodec {

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int SHORTEST = 16;

    private final PayloadCodec codec;
    private final String current;
    private final Map<String, SecretKeySpec> keys = new TreeMap<>();
    private final SecureRandom random = new SecureRandom();

    EncryptedPayloads(PayloadCodec codec, String current, Map<String, String> secrets) {
        this.codec = codec;
        this.current = current;
        secrets.forEach((id, secret) -> keys.put(id, key(id, secret)));
        if (!keys.containsKey(current)) {
            throw new IllegalArgumentException(
                    "The key that is written with must be one of those that are there, but \"" + current
                            + "\" is not among " + keys.keySet() + ". Add its secret.");
        }
    }

    private static SecretKeySpec key(String id, String secret) {
        if (id.isBlank() || id.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "The id of a key is text without a colon, but this is \"" + id + "\". Use one like 2026-03.");
        }
        if (secret.length() < SHORTEST) {
            throw new IllegalArgumentException("A secret has at least " + SHORTEST + " characters, but that of key \""
                    + id + "\" has " + secret.length() + ". Use a long random one.");
        }
        try {
            byte[] bytes = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return new SecretKeySpec(bytes, "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Each Java has SHA-256.", e);
        }
    }

    @Override
    public String id() {
        return "encrypted-" + codec.id();
    }

    @Override
    public String encode(@Nullable Object payload) {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] plain = codec.encode(payload).getBytes(StandardCharsets.UTF_8);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, current, nonce).doFinal(plain);
            byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE, sealed.length);
            return current + ":" + Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Each Java has AES-GCM.", e);
        }
    }

    private Cipher cipher(int mode, String key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, keys.get(key), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((key + ":" + id()).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    @Override
    public <T> @Nullable T decode(String text, Class<T> type) {
        int colon = text.indexOf(':');
        String key = text.substring(0, Math.max(colon, 0));
        if (!keys.containsKey(key)) {
            throw new IllegalArgumentException("It is read with the key that it was written with, but \"" + key
                    + "\" is not among " + keys.keySet() + ". Add its secret.");
        }
        return codec.decode(plain(key, text.substring(colon + 1)), type);
    }

    private String plain(String key, String sealed) {
        try {
            byte[] all = Base64.getDecoder().decode(sealed);
            byte[] nonce = Arrays.copyOf(all, NONCE);
            byte[] plain = cipher(Cipher.DECRYPT_MODE, key, nonce).doFinal(all, NONCE, all.length - NONCE);
            return new String(plain, StandardCharsets.UTF_8);
        } catch (AEADBadTagException e) {
            throw new IllegalArgumentException(
                    "It was written with another secret than that of key \"" + key
                            + "\", or has been changed since. Give the key its right secret.",
                    e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "It is not what was written with key \"" + key + "\": " + e.getMessage()
                            + ". Resume the schedule with the codec that wrote it, or remove the schedule.",
                    e);
        }
    }
}
