package io.hydrant.jobs.delivery;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.jobs.delivery.document.Problems;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.ObjectStoreFactory;
import io.hydrant.s3.store.S3StoreConfig;

import org.apache.flink.configuration.Configuration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the text of a document from where it lies: a file or an S3 object. */
final class ConfigLocation {

    /** Far more than any Firehose stream needs; what is larger is another file. */
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    private final ObjectStoreFactory stores;

    ConfigLocation(ObjectStoreFactory stores) {
        this.stores = stores;
    }

    /**
     * The text.
     *
     * @param place how problems call it
     * @param aws options to reach S3 with
     * @return the text, or null where it cannot be had
     */
    String read(String place, String location, Configuration aws, Problems problems) {
        try (InputStream in = open(location, aws)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                problems.add(place, location + " has more than " + MAX_BYTES + " bytes");
                return null;
            }
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (NoSuchFileException | NoSuchKeyException e) {
            problems.add(place, location + " does not exist");
        } catch (CharacterCodingException e) {
            problems.add(place, location + " is not text in UTF-8");
        } catch (FileSystemException e) {
            problems.add(place, location + " cannot be read: " + reason(e));
        } catch (SdkException e) {
            problems.add(place, location + " cannot be read: " + reason(e));
        } catch (IOException | IllegalArgumentException e) {
            problems.add(place, location + " cannot be read: " + e.getMessage());
        }
        return null;
    }

    private InputStream open(String location, Configuration aws) throws IOException {
        if (!location.startsWith("s3:")) {
            return Files.newInputStream(
                    location.startsWith("file:")
                            ? Path.of(URI.create(location))
                            : Path.of(location));
        }
        URI uri = URI.create(location);
        if (uri.getAuthority() == null || uri.getPath().length() < 2) {
            throw new IllegalArgumentException("it must look like s3://bucket/key");
        }
        AwsClientConfig client = AwsClientConfig.from(ServiceOverrides.S3.over(aws));
        try (ObjectStore store = stores.open(client, S3StoreConfig.from(aws));
                InputStream in = store.get(uri.getAuthority(), uri.getPath().substring(1))) {
            // Read here, for the store's connection ends with it.
            return new ByteArrayInputStream(in.readNBytes(MAX_BYTES + 1));
        }
    }

    /** Where it found nothing, the SDK goes on with a list of all the places where it looked. */
    private static String reason(SdkException e) {
        String message = String.valueOf(e.getMessage());
        if (message.startsWith("Unable to load region")) {
            return "no AWS region is known; set AWS_REGION, or --set aws.region=REGION";
        }
        if (message.startsWith("Unable to load credentials")) {
            return "there are no AWS credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or say where they are with --set aws.credentials.provider=WHERE";
        }
        return message;
    }

    private static String reason(FileSystemException e) {
        return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
    }
}
