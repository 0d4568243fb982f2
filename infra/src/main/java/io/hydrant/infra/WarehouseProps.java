package io.hydrant.infra;

import java.util.List;

/**
 * A warehouse of Redshift Serverless, and the role of its COPY.
 *
 * <p>Source: Redshift Serverless API reference, CreateNamespace and CreateWorkgroup.
 *
 * @param name name of namespace and workgroup
 * @param database its first data base; default dev
 * @param bucket where loads are staged, which COPY reads
 * @param prefix the part of the bucket that COPY may read, such as staged/; default all of it
 * @param bucketKmsKeyArn the key that encrypts the bucket; null for S3's own
 * @param baseCapacity RPUs, a multiple of 8, 8 to 512; default 8
 * @param maxCapacity RPUs at the most; default as AWS has it
 * @param subnetIds subnets of the workgroup, three or more; none for those of the default VPC
 * @param securityGroupIds its security groups; none for the VPC's default
 */
public record WarehouseProps(
        String name,
        String database,
        String bucket,
        String prefix,
        String bucketKmsKeyArn,
        Integer baseCapacity,
        Integer maxCapacity,
        List<String> subnetIds,
        List<String> securityGroupIds) {

    private static final int RPU_STEP = 8;
    private static final int MOST_RPUS = 512;
    private static final int LEAST_SUBNETS = 3;

    /**
     * Sets defaults and validates.
     *
     * @throws IllegalArgumentException if a value is not what AWS allows; names it and the rule
     */
    public WarehouseProps {
        Rules.matching(
                "warehouse.name", name, "[a-z0-9-]{3,64}", "3 to 64 small letters, digits and '-'");
        database = database == null ? "dev" : database;
        Rules.matching(
                "warehouse.database",
                database,
                "[a-z_][a-z0-9_$]{0,126}",
                "the name of a data base, in small letters");
        Rules.bucket("warehouse.bucket", bucket);
        prefix = prefix == null ? "" : prefix;
        Rules.matching("warehouse.prefix", prefix, "[^*?]{0,900}", "a prefix without * and ?");
        Rules.optionalArn("warehouse.bucketKmsKeyArn", bucketKmsKeyArn, "kms", "key/");
        baseCapacity = baseCapacity == null ? RPU_STEP : baseCapacity;
        requireRpus("warehouse.baseCapacity", baseCapacity, RPU_STEP);
        if (maxCapacity != null) {
            requireRpus("warehouse.maxCapacity", maxCapacity, baseCapacity);
        }
        subnetIds = subnetIds == null ? List.of() : List.copyOf(subnetIds);
        securityGroupIds = securityGroupIds == null ? List.of() : List.copyOf(securityGroupIds);
        if (!subnetIds.isEmpty() && subnetIds.size() < LEAST_SUBNETS) {
            throw new IllegalArgumentException(
                    "warehouse.subnetIds has "
                            + subnetIds.size()
                            + " subnets; Redshift Serverless wants three or more, in three zones");
        }
    }

    private static void requireRpus(String path, int value, int least) {
        Rules.within(path, value, least, MOST_RPUS);
        if (value % RPU_STEP != 0) {
            throw new IllegalArgumentException(
                    path + " is " + value + "; it must be a multiple of 8");
        }
    }
}
