package io.hydrant.infra.stack;

import io.hydrant.infra.WarehouseProps;

import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.redshiftserverless.CfnNamespace;
import software.amazon.awscdk.services.redshiftserverless.CfnWorkgroup;
import software.constructs.Construct;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A warehouse of Redshift Serverless and the role with which its COPY reads what is staged.
 *
 * <p>The password of its administrator is in Secrets Manager, where Redshift itself puts it and
 * changes it. The workgroup has no public address.
 */
public final class WarehouseStack extends Stack {

    /** In an app. */
    public WarehouseStack(Construct scope, String id, StackProps stack, WarehouseProps props) {
        super(scope, id, stack);
        Role copy =
                Role.Builder.create(this, "CopyRole")
                        .assumedBy(
                                ServicePrincipal.Builder.create("redshift-serverless.amazonaws.com")
                                        .conditions(
                                                Map.of(
                                                        "StringEquals",
                                                        Map.of(
                                                                "aws:SourceAccount",
                                                                Aws.ACCOUNT_ID)))
                                        .build())
                        .inlinePolicies(
                                Map.of(
                                        "copy",
                                        PolicyDocument.Builder.create()
                                                .statements(permissions(props))
                                                .build()))
                        .build();
        CfnNamespace namespace =
                CfnNamespace.Builder.create(this, "Namespace")
                        .namespaceName(props.name())
                        .dbName(props.database())
                        .manageAdminPassword(true)
                        .iamRoles(List.of(copy.getRoleArn()))
                        .defaultIamRoleArn(copy.getRoleArn())
                        .logExports(List.of("userlog", "connectionlog", "useractivitylog"))
                        .build();
        namespace.applyRemovalPolicy(RemovalPolicy.RETAIN);
        CfnWorkgroup workgroup =
                CfnWorkgroup.Builder.create(this, "Workgroup")
                        .workgroupName(props.name())
                        .namespaceName(namespace.getRef())
                        .baseCapacity(props.baseCapacity())
                        .maxCapacity(props.maxCapacity())
                        .publiclyAccessible(false)
                        .subnetIds(props.subnetIds().isEmpty() ? null : props.subnetIds())
                        .securityGroupIds(
                                props.securityGroupIds().isEmpty()
                                        ? null
                                        : props.securityGroupIds())
                        .configParameters(
                                List.of(
                                        CfnWorkgroup.ConfigParameterProperty.builder()
                                                .parameterKey("require_ssl")
                                                .parameterValue("true")
                                                .build()))
                        .build();
        output("CopyRoleArn", copy.getRoleArn());
        output("WorkgroupName", workgroup.getRef());
        output("EndpointAddress", workgroup.getAttrWorkgroupEndpointAddress());
    }

    private static List<PolicyStatement> permissions(WarehouseProps props) {
        String bucket = Statements.bucketArn(props.bucket());
        List<PolicyStatement> statements = new ArrayList<>();
        PolicyStatement list = Statements.allow("ListStaged", List.of("s3:ListBucket"), bucket);
        if (!props.prefix().isEmpty()) {
            list.addCondition("StringLike", Map.of("s3:prefix", props.prefix() + "*"));
        }
        statements.add(list);
        statements.add(Statements.allow("FindBucket", List.of("s3:GetBucketLocation"), bucket));
        statements.add(
                Statements.allow(
                        "ReadStaged",
                        List.of("s3:GetObject"),
                        bucket + "/" + props.prefix() + "*"));
        if (props.bucketKmsKeyArn() != null) {
            statements.add(
                    Statements.useKey(
                            "DecryptStaged",
                            props.bucketKmsKeyArn(),
                            "s3",
                            List.of("kms:Decrypt")));
        }
        return statements;
    }

    private void output(String name, String value) {
        CfnOutput.Builder.create(this, name).value(value).build();
    }
}
