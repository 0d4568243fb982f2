package io.hydrant.launcher.deploy;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.Replacement;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudformation.waiters.CloudFormationWaiter;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Stacks of one account and region: what would change is shown before it is done.
 *
 * <p>Source: CloudFormation API reference, CreateChangeSet: a change set without changes is FAILED;
 * a stack whose making failed is ROLLBACK_COMPLETE and can only be deleted.
 */
final class StackDeployment {

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int LOOKS = 3600;

    private final CloudFormationClient client;

    StackDeployment(CloudFormationClient client) {
        this.client = client;
    }

    /**
     * What would become of a stack; makes a change set, which changes nothing.
     *
     * @throws IOException if the stack cannot be changed as it is; says the way out
     */
    ProposedChange propose(SynthesisedStack wanted) throws IOException {
        Stack there = find(wanted.name());
        boolean isNew = there == null || there.stackStatus() == StackStatus.REVIEW_IN_PROGRESS;
        if (!isNew && there.stackStatus() == StackStatus.ROLLBACK_COMPLETE) {
            throw new IOException(
                    "The stack "
                            + wanted.name()
                            + " failed when it was made, so that it can only be deleted: aws cloudformation"
                            + " delete-stack --stack-name "
                            + wanted.name());
        }
        String changeSet =
                client.createChangeSet(
                                request ->
                                        request.stackName(wanted.name())
                                                .changeSetName("hydrant-" + UUID.randomUUID())
                                                .changeSetType(
                                                        isNew
                                                                ? ChangeSetType.CREATE
                                                                : ChangeSetType.UPDATE)
                                                .capabilities(Capability.CAPABILITY_IAM)
                                                .templateBody(wanted.template()))
                        .id();
        DescribeChangeSetResponse made = awaitMade(wanted.name(), changeSet);
        if (made.status() == ChangeSetStatus.CREATE_COMPLETE && made.hasChanges()) {
            return new ProposedChange(
                    wanted.name(),
                    changeSet,
                    isNew,
                    made.changes().stream()
                            .map(Change::resourceChange)
                            .map(StackDeployment::line)
                            .toList());
        }
        client.deleteChangeSet(
                request -> request.stackName(wanted.name()).changeSetName(changeSet));
        if (isUnchanged(made)) {
            return new ProposedChange(wanted.name(), null, isNew, List.of());
        }
        throw new IOException(
                "CloudFormation refuses the change of "
                        + wanted.name()
                        + ": "
                        + made.statusReason());
    }

    private static boolean isUnchanged(DescribeChangeSetResponse made) {
        String reason = made.statusReason() == null ? "" : made.statusReason();
        return made.status() == ChangeSetStatus.CREATE_COMPLETE
                || reason.contains("didn't contain changes")
                || reason.contains("No updates are to be performed");
    }

    private DescribeChangeSetResponse awaitMade(String stack, String changeSet) throws IOException {
        try (CloudFormationWaiter waiter = CloudFormationWaiter.builder().client(client).build()) {
            waiter.waitUntilChangeSetCreateComplete(
                    request -> request.stackName(stack).changeSetName(changeSet),
                    StackDeployment::patience);
        } catch (SdkClientException expected) {
            // What it became is looked at below.
        }
        return client.describeChangeSet(
                request -> request.stackName(stack).changeSetName(changeSet));
    }

    private static void patience(WaiterOverrideConfiguration.Builder waiting) {
        waiting.backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(LOOK)).maxAttempts(LOOKS);
    }

    private static String line(ResourceChange change) {
        boolean replaces =
                change.replacement() == Replacement.TRUE
                        || change.replacement() == Replacement.CONDITIONAL;
        return String.format(
                Locale.ROOT,
                "%-7s %s  %s%s",
                change.actionAsString().toLowerCase(Locale.ROOT),
                change.resourceType(),
                change.logicalResourceId(),
                replaces ? "  (may be REPLACED by a new one)" : "");
    }

    /**
     * Does what was proposed, and waits for it.
     *
     * @return the outputs of the stack
     * @throws IOException if it fails; CloudFormation then goes back by itself
     */
    Map<String, String> apply(ProposedChange change) throws IOException {
        if (!change.isEmpty()) {
            client.executeChangeSet(
                    request -> request.stackName(change.stack()).changeSetName(change.changeSet()));
            try (CloudFormationWaiter waiter =
                    CloudFormationWaiter.builder().client(client).build()) {
                if (change.isNew()) {
                    waiter.waitUntilStackCreateComplete(
                            request -> request.stackName(change.stack()),
                            StackDeployment::patience);
                } else {
                    waiter.waitUntilStackUpdateComplete(
                            request -> request.stackName(change.stack()),
                            StackDeployment::patience);
                }
            } catch (SdkClientException e) {
                throw new IOException(
                        "The stack " + change.stack() + " failed: " + reasons(change.stack()), e);
            }
        }
        Map<String, String> outputs = new TreeMap<>();
        Stack stack = find(change.stack());
        if (stack != null) {
            stack.outputs()
                    .forEach(output -> outputs.put(output.outputKey(), output.outputValue()));
        }
        return outputs;
    }

    /** Takes a proposal back; a stack that it was to make goes with it. */
    void discard(ProposedChange change) {
        if (change.isEmpty()) {
            return;
        }
        client.deleteChangeSet(
                request -> request.stackName(change.stack()).changeSetName(change.changeSet()));
        if (change.isNew()) {
            client.deleteStack(request -> request.stackName(change.stack()));
        }
    }

    private String reasons(String stack) {
        return client
                .describeStackEvents(request -> request.stackName(stack))
                .stackEvents()
                .stream()
                .filter(event -> event.resourceStatusAsString().endsWith("_FAILED"))
                .map(event -> event.logicalResourceId() + ": " + event.resourceStatusReason())
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private Stack find(String name) {
        try {
            return client.describeStacks(request -> request.stackName(name)).stacks().stream()
                    .filter(stack -> stack.stackStatus() != StackStatus.DELETE_COMPLETE)
                    .findFirst()
                    .orElse(null);
        } catch (CloudFormationException e) {
            // This is how the service says that there is none.
            if (e.awsErrorDetails() != null
                    && "ValidationError".equals(e.awsErrorDetails().errorCode())) {
                return null;
            }
            throw e;
        }
    }
}
